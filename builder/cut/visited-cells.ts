/**
 * The cells of a grid near which an activity has already been: a set of cells, each marked together with its 8 neighbours,
 * so that asking is one look-up. Cells are bits of blocks of 8 × 8 in one open-addressing table; the block at hand is
 * remembered, since a track mostly stays in it. Clearing is a new stamp.
 */
export class VisitedCells {
  private capacity = 1 << 14;
  private blockX = new Int32Array(this.capacity);
  private blockY = new Int32Array(this.capacity);
  private stamps = new Int32Array(this.capacity);
  /** Rows 0 to 3 of a block in the first word, 4 to 7 in the second. */
  private bits = new Int32Array(this.capacity * 2);
  private used = 0;
  private stamp = 1;
  private lastX = 0;
  private lastY = 0;
  private lastSlot = -1;

  clear(): void {
    this.stamp++;
    this.used = 0;
    this.lastSlot = -1;
  }

  /** Whether the cell, or one of its 8 neighbours, was marked. */
  near(cx: number, cy: number): boolean {
    const bx = cx >> 3;
    const by = cy >> 3;
    if (bx !== this.lastX || by !== this.lastY || this.lastSlot < 0) {
      this.lastSlot = this.find(bx, by);
      this.lastX = bx;
      this.lastY = by;
    }
    const slot = this.lastSlot;
    if (this.stamps[slot] !== this.stamp) return false;
    const row = cy & 7;
    return ((this.bits[slot * 2 + (row >> 2)] >>> (((row & 3) << 3) | (cx & 7))) & 1) === 1;
  }

  /** Marks a cell and its 8 neighbours. */
  mark(cx: number, cy: number): void {
    for (let by = (cy - 1) >> 3; by <= (cy + 1) >> 3; by++) {
      const top = Math.max(cy - 1, by << 3) & 7;
      const bottom = Math.min(cy + 1, (by << 3) + 7) & 7;
      for (let bx = (cx - 1) >> 3; bx <= (cx + 1) >> 3; bx++) {
        const left = Math.max(cx - 1, bx << 3) & 7;
        const right = Math.min(cx + 1, (bx << 3) + 7) & 7;
        const rowBits = ((2 << right) - 1) & ~((1 << left) - 1);
        const slot = this.insert(bx, by);
        for (let row = top; row <= bottom; row++) this.bits[slot * 2 + (row >> 2)] |= rowBits << ((row & 3) << 3);
      }
    }
  }

  private insert(bx: number, by: number): number {
    let slot = this.find(bx, by);
    if (this.stamps[slot] === this.stamp) return slot;
    if (this.used * 2 >= this.capacity) {
      this.grow();
      slot = this.find(bx, by);
    }
    this.used++;
    this.stamps[slot] = this.stamp;
    this.blockX[slot] = bx;
    this.blockY[slot] = by;
    this.bits[slot * 2] = 0;
    this.bits[slot * 2 + 1] = 0;
    // What was remembered as empty may be this very slot's chain.
    this.lastSlot = -1;
    return slot;
  }

  /** Slot of a block, or the free slot where it belongs. */
  private find(bx: number, by: number): number {
    const mask = this.capacity - 1;
    let slot = (Math.imul(bx, 0x9e3779b1) ^ Math.imul(by, 0x85ebca77)) >>> 15;
    slot &= mask;
    while (this.stamps[slot] === this.stamp && (this.blockX[slot] !== bx || this.blockY[slot] !== by)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const {blockX, blockY, stamps, bits, capacity} = this;
    this.capacity = capacity * 2;
    this.blockX = new Int32Array(this.capacity);
    this.blockY = new Int32Array(this.capacity);
    this.stamps = new Int32Array(this.capacity);
    this.bits = new Int32Array(this.capacity * 2);
    for (let old = 0; old < capacity; old++) {
      if (stamps[old] !== this.stamp) continue;
      const slot = this.find(blockX[old], blockY[old]);
      this.stamps[slot] = this.stamp;
      this.blockX[slot] = blockX[old];
      this.blockY[slot] = blockY[old];
      this.bits[slot * 2] = bits[old * 2];
      this.bits[slot * 2 + 1] = bits[old * 2 + 1];
    }
    this.lastSlot = -1;
  }
}
