/** Keeps the values that were used last, up to a number of bytes. */
export class ByteLru<T> {
  private readonly entries = new Map<string, {value: T; bytes: number}>();
  private readonly budget: number;
  private bytes = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  get(key: string): T | undefined {
    const found = this.entries.get(key);
    if (!found) return undefined;
    this.entries.delete(key);
    this.entries.set(key, found);
    return found.value;
  }

  /** Keeps a value of a size in bytes; one that is larger than all of the room is not kept. */
  set(key: string, value: T, bytes: number): void {
    const old = this.entries.get(key);
    if (old) {
      this.entries.delete(key);
      this.bytes -= old.bytes;
    }
    this.entries.set(key, {value, bytes});
    this.bytes += bytes;
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= this.budget) return;
      this.entries.delete(oldest);
      this.bytes -= entry.bytes;
    }
  }

  /** Bytes of all values kept. */
  get size(): number {
    return this.bytes;
  }
}
