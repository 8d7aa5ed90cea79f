/** Keeps what was used last, up to a number of bytes. A value that is being loaded is shared by all who ask for it. */
export class TileCache<T> {
  private readonly entries = new Map<number, {value: Promise<T>; bytes: number}>();
  private readonly budget: number;
  private bytes = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** The value of a key, from the cache or from `load`; a load that fails is forgotten. */
  get(key: number, load: () => Promise<T>, sizeOf: (value: T) => number): Promise<T> {
    const found = this.entries.get(key);
    if (found) {
      this.entries.delete(key);
      this.entries.set(key, found);
      return found.value;
    }
    const entry = {value: load(), bytes: 0};
    this.entries.set(key, entry);
    entry.value.then(
      (value) => {
        // Others may have pushed it out while it was loading.
        if (this.entries.get(key) !== entry) return;
        entry.bytes = sizeOf(value);
        this.bytes += entry.bytes;
        this.shrink();
      },
      () => {
        if (this.entries.get(key) === entry) this.entries.delete(key);
      },
    );
    return entry.value;
  }

  /** Bytes of all values kept. */
  get size(): number {
    return this.bytes;
  }

  private shrink(): void {
    for (const [key, entry] of this.entries) {
      if (this.bytes <= this.budget) return;
      this.entries.delete(key);
      this.bytes -= entry.bytes;
    }
  }
}
