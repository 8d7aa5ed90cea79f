/** The URL of the folder that the page lies in, ending in `/`: the server's addresses are below it. */
export function pageFolder(): string {
  return new URL('.', document.baseURI).href;
}
