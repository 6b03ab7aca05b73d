// Lets Node import the page's scripts. A browser takes them for modules because of how it loads them; Node would want a
// package.json beside them, and that folder is served as it is.

const SCRIPTS = new URL('../../static/scripts/', import.meta.url).href;

/**
 * @param {string} specifier
 * @param {unknown} context
 * @param {(specifier: string, context: unknown) => Promise<{ url: string }>} next
 */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  return found.url.startsWith(SCRIPTS) ? { ...found, format: 'module' } : found;
}
