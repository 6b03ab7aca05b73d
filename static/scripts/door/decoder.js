// Reads QR codes from a video: by the browser, where it can, and else by jsQR (static/vendor/README.md).

/** A picture that is not wider takes a phone some hundredths of a second. */
const WIDTH_MAX = 640;

/**
 * The part of the Barcode Detection API that is used here. Not every browser has it.
 * @typedef {{ detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }} Detector
 * @typedef {{ new (options: { formats: string[] }): Detector, getSupportedFormats(): Promise<string[]> }} DetectorClass
 *
 * @typedef {(data: Uint8ClampedArray, width: number, height: number, options: { inversionAttempts: string }) =>
 *   { data: string } | null} JsQr
 *
 * The text of a code in the video's picture, or null.
 * @typedef {(video: HTMLVideoElement) => Promise<string | null>} Decoder
 */

/** @returns {Promise<Decoder>} */
export async function decoder() {
  return (await ofBrowser()) ?? (await ofLibrary());
}

/** @returns {Promise<Decoder | null>} */
async function ofBrowser() {
  /** @type {DetectorClass | undefined} */
  const BarcodeDetector = Reflect.get(globalThis, 'BarcodeDetector');
  try {
    // On some systems the class is there, and reads nothing.
    if (!(await BarcodeDetector?.getSupportedFormats())?.includes('qr_code') || BarcodeDetector === undefined)
      return null;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}

/** @returns {Promise<Decoder>} */
async function ofLibrary() {
  await import('../../vendor/jsqr.js');
  /** @type {JsQr} */
  const jsQr = Reflect.get(globalThis, 'jsQR');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no canvas.');
  let frames = 0;
  // biome-ignore lint/suspicious/useAwait: decoders are asynchronous, because the browser's is.
  return async (video) => {
    const scale = Math.min(1, WIDTH_MAX / video.videoWidth);
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    if (width === 0 || height === 0) return null;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    frames += 1;
    // Phones that show everything dark show codes inverted. Each attempt costs as much as the other.
    const inversionAttempts = frames % 2 === 0 ? 'onlyInvert' : 'dontInvert';
    return jsQr(data, width, height, { inversionAttempts })?.data ?? null;
  };
}
