/** Programs and tile servers on the person's own machine. */
const loopback = 'http://127.0.0.1:* http://localhost:*';

/**
 * The Content Security Policy of the map's pages: scripts, styles and workers only from beside the page, data and pictures
 * from where the person chooses, by https or from this machine. What `<meta>` may say, too.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  // Sprites of map styles are pictures; the others are read as data.
  `img-src 'self' data: blob: https: ${loopback}`,
  `connect-src 'self' https: ${loopback}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What only a header can say: no other page shows this one inside itself. */
export const frameless = "frame-ancestors 'none'";
