import type {Ended} from './scan.ts';

/**
 * How a file ended that could not be read, by the error. What is no word of the system about a file is a fault of its content, or of
 * this program, and thrown on.
 */
export function unread(error: unknown): Ended {
  const {syscall, message} = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  return {outcome: 'failed', reason: message, unread: true};
}
