/** Asks JOSM on this machine to add imagery; a sentence about what came of it. */
export async function openInJosm(url: string): Promise<string> {
  try {
    // Whether JOSM took it cannot be read from another origin in all its versions, only that it answered.
    await fetch(url, {mode: 'no-cors'});
    return 'Sent to JOSM.';
  } catch {
    if (await isBlocked()) {
      return 'The browser does not let this page call programs on your machine: allow it in the settings of the site, or copy the URL into JOSM.';
    }
    return 'JOSM did not answer. Start it, and switch on remote control in its preferences.';
  }
}

/** Whether the person, or the browser, forbids calls to this machine: https://wicg.github.io/local-network-access/. */
async function isBlocked(): Promise<boolean> {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      const {state} = await navigator.permissions.query({name: name as PermissionName});
      if (state === 'denied') return true;
    } catch {
      // A browser without this permission asks nobody.
    }
  }
  return false;
}
