/** Numbers of a slot: column and row of its block, stamp, rows 0 to 3 of the block's bits, rows 4 to 7. The rest aligns it. */
const slotNumbers = 8;

/**
 * The cells of a grid near which an activity has already been: a set of cells, each marked together with its 8 neighbours,
 * so that asking is one look-up. Cells are bits of blocks of 8 × 8 in one open-addressing table; the blocks at hand are
 * remembered, since a track mostly stays in them. Clearing is a new stamp.
 */
export class VisitedCells {
  private capacity = 1 << 12;
  private slots = new Int32Array(this.capacity * slotNumbers);
  private used = 0;
  private stamp = 1;
  /** The block last asked for and where it is in `slots`, or would be; and the same of the block last marked. */
  private askedX = -1;
  private askedY = -1;
  private asked = 0;
  private markedX = -1;
  private markedY = -1;
  private marked = 0;

  clear(): void {
    this.stamp++;
    this.used = 0;
    this.forget();
  }

  /** Whether the cell, or one of its 8 neighbours, was marked. */
  near(cx: number, cy: number): boolean {
    const bx = cx >> 3;
    const by = cy >> 3;
    if (bx !== this.askedX || by !== this.askedY) {
      this.asked = this.find(bx, by);
      this.askedX = bx;
      this.askedY = by;
    }
    const slots = this.slots;
    const asked = this.asked;
    const row = cy & 7;
    const bits = slots[asked + 3 + (row >> 2)];
    return slots[asked + 2] === this.stamp && ((bits >>> (((row & 3) << 3) | (cx & 7))) & 1) === 1;
  }

  /** Marks a cell and its 8 neighbours. */
  mark(cx: number, cy: number): void {
    const column = cx & 7;
    const row = cy & 7;
    if (column > 0 && column < 7 && row > 0 && row < 7) {
      const at = this.insert(cx >> 3, cy >> 3) + 3;
      const three = 7 << (column - 1);
      const {slots} = this;
      for (let r = row - 1; r <= row + 1; r++) slots[at + (r >> 2)] |= three << ((r & 3) << 3);
    } else this.markAcross(cx, cy);
  }

  /** Marks a cell at the edge of its block. */
  private markAcross(cx: number, cy: number): void {
    for (let by = (cy - 1) >> 3; by <= (cy + 1) >> 3; by++) {
      const top = Math.max(cy - 1, by << 3) & 7;
      const bottom = Math.min(cy + 1, (by << 3) + 7) & 7;
      for (let bx = (cx - 1) >> 3; bx <= (cx + 1) >> 3; bx++) {
        const left = Math.max(cx - 1, bx << 3) & 7;
        const right = Math.min(cx + 1, (bx << 3) + 7) & 7;
        const rowBits = ((2 << right) - 1) & ~((1 << left) - 1);
        const at = this.insert(bx, by) + 3;
        for (let row = top; row <= bottom; row++) this.slots[at + (row >> 2)] |= rowBits << ((row & 3) << 3);
      }
    }
  }

  /** Where a block is in `slots`; it is put there if it is not. */
  private insert(bx: number, by: number): number {
    if (bx === this.markedX && by === this.markedY) return this.marked;
    if (this.used * 2 >= this.capacity) this.grow();
    const at = this.find(bx, by);
    const {slots, stamp} = this;
    if (slots[at + 2] !== stamp) {
      this.used++;
      slots[at] = bx;
      slots[at + 1] = by;
      slots[at + 2] = stamp;
      slots[at + 3] = 0;
      slots[at + 4] = 0;
      // What was remembered as empty may be this very slot's chain.
      this.askedX = -1;
    }
    this.markedX = bx;
    this.markedY = by;
    this.marked = at;
    return at;
  }

  /** Where a block is in `slots`, or the free slot where it belongs. */
  private find(bx: number, by: number): number {
    const {slots, stamp} = this;
    const mask = this.capacity - 1;
    const hash = Math.imul(bx, 0x9e3779b1) ^ Math.imul(by, 0x85ebca77);
    // All 32 bits count: an activity that goes around the world has half a million blocks.
    let slot = hash ^ (hash >>> 15);
    for (;;) {
      const at = (slot & mask) * slotNumbers;
      if (slots[at + 2] !== stamp || (slots[at] === bx && slots[at + 1] === by)) return at;
      slot++;
    }
  }

  private forget(): void {
    this.askedX = -1;
    this.markedX = -1;
  }

  private grow(): void {
    const {slots, stamp} = this;
    this.capacity *= 2;
    this.slots = new Int32Array(this.capacity * slotNumbers);
    for (let old = 0; old < slots.length; old += slotNumbers) {
      if (slots[old + 2] === stamp)
        this.slots.set(slots.subarray(old, old + slotNumbers), this.find(slots[old], slots[old + 1]));
    }
    this.forget();
  }
}
