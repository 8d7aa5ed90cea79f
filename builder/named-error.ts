import Database from 'libsql';

/** An error with the name of the file or folder that it is about before what SQLite or the system say, where these name none. */
export function namedError(name: string, error: unknown): unknown {
  const {message, syscall, path} = error as NodeJS.ErrnoException;
  const isNameless = error instanceof Database.SqliteError || (syscall !== undefined && path === undefined);
  return isNameless ? new Error(`${name}: ${message}`, {cause: error}) : error;
}
