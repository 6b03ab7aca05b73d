// Files with photos, made small enough to be sent.

/** The types that the server takes. */
const TYPES = ['image/jpeg', 'image/png'];

/** The server makes pictures of 1,280 pixels. Twice as many leave it room to do that well. */
const SIDE_MAX = 2560;

/** A file of at most this size goes as it is, unless it has more pixels than the server takes. */
const BYTES_MAX = 2_000_000;
const PIXELS_MAX = 25_000_000;

const QUALITY = 0.9;

/**
 * The file, or a smaller one with the same picture, of a type that the server takes. A file that this browser cannot
 * read stays as it is: the server says what is wrong with it.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function sendable(file) {
  try {
    const picture = await createImageBitmap(file);
    const isSmall = file.size <= BYTES_MAX && picture.width * picture.height <= PIXELS_MAX;
    const sent = TYPES.includes(file.type) && isSmall ? file : await smaller(picture);
    picture.close();
    return sent ?? file;
  } catch {
    return file;
  }
}

/** @param {ImageBitmap} picture */
async function smaller(picture) {
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return null;
  // Transparent parts would become black.
  context.fillStyle = 'white';
  context.imageSmoothingQuality = 'high';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise((/** @type {(made: Blob | null) => void} */ resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
}
