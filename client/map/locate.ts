/** Where a person is; `accuracy` in metres. */
export type FoundPlace = {lng: number; lat: number; accuracy: number};

const faults: Record<number, string> = {
  1: 'This page may not know where you are: the browser, or you, did not allow it.',
  2: 'Your device cannot tell where it is just now.',
  3: 'Your device did not find out in time where it is.',
};

/** Asks the browser where the person is; a sentence where it does not tell. */
export function locate(): Promise<FoundPlace | string> {
  if (!isSecureContext) {
    return Promise.resolve('Browsers tell a page where you are only by https, or on this machine (localhost).');
  }
  if (!navigator.geolocation) return Promise.resolve('This browser cannot tell where you are.');
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({coords: {longitude, latitude, accuracy}}) => resolve({lng: longitude, lat: latitude, accuracy}),
      ({code}) => resolve(faults[code] ?? faults[2]),
      {enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000},
    );
  });
}
