import {type Access, hasLibrary, Library} from '../builder/library.ts';

/** Does something with the library of a data folder, which only reads it unless told otherwise, and closes it; there must be one. */
export function withLibrary<T>(data: string, work: (library: Library) => T, access: Access = 'read'): T {
  if (!hasLibrary(data)) throw noLibrary(data);
  const library = new Library(data, access);
  try {
    return work(library);
  } finally {
    library.close();
  }
}

/** That there is no library in a data folder. */
export function noLibrary(data: string): Error {
  return new Error(`${data}: no library here; trackheat build makes one`);
}
