/** The sentence in the server's JSON error, or its status. */
export async function faultOf(response: Response): Promise<string> {
  const status = `The server answered ${response.status} ${response.statusText}`.trim();
  try {
    const {message} = await response.json();
    return typeof message === 'string' ? message : `${status}.`;
  } catch {
    return `${status}.`;
  }
}
