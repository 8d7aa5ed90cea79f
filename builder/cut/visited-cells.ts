/** Numbers of a slot: column and row of its block, stamp, rows 0 to 3 of the block's bits, rows 4 to 7. The rest aligns it. */
const slotNumbers = 8;

/** What marking a cell sets: the block, as seen from the cell's own, and the bits of its rows 0 to 3 and 4 to 7. */
type BlockMark = {x: number; y: number; upper: number; lower: number};

/** The marks of a cell by its place in its block (8 · row + column), one for each block that it or a neighbour is in. */
const marks = Array.from({length: 64}, (_, place) => {
  const blocks: BlockMark[] = [];
  for (let row = (place >> 3) - 1; row <= (place >> 3) + 1; row++) {
    for (let column = (place & 7) - 1; column <= (place & 7) + 1; column++) {
      const [x, y] = [column >> 3, row >> 3];
      const found = blocks.find((each) => each.x === x && each.y === y);
      const block = found ?? {x, y, upper: 0, lower: 0};
      if (!found) blocks.push(block);
      const bit = 1 << (((row & 3) << 3) | (column & 7));
      if ((row & 7) < 4) block.upper |= bit;
      else block.lower |= bit;
    }
  }
  return blocks;
});

/** The same in columns; those of a place begin at `marksFrom[place]`. */
const marksFrom = Int32Array.from({length: 65}, (_, place) => marks.slice(0, place).flat().length);
const [blockX, blockY, upperBits, lowerBits] = (['x', 'y', 'upper', 'lower'] as const).map((key) =>
  Int32Array.from(marks.flat(), (mark) => mark[key]),
);

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
    const place = ((cy & 7) << 3) | (cx & 7);
    const end = marksFrom[place + 1];
    for (let k = marksFrom[place]; k < end; k++) {
      const at = this.insert((cx >> 3) + blockX[k], (cy >> 3) + blockY[k]) + 3;
      const {slots} = this;
      slots[at] |= upperBits[k];
      slots[at + 1] |= lowerBits[k];
    }
  }

  /** Marks a cell without its neighbours. */
  markAlone(cx: number, cy: number): void {
    const at = this.insert(cx >> 3, cy >> 3) + 3 + ((cy & 7) >> 2);
    this.slots[at] |= 1 << (((cy & 3) << 3) | (cx & 7));
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
