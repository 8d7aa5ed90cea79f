/** A recording that stands for election. */
export type Contender = {
  number: number;
  /** Recordings with equal hash have equal points. */
  hash: string;
  /** Time and way that it covers, s and m, and its points after cleaning. */
  seconds: number;
  meters: number;
  points: number;
  /** Somebody chose it over its twins. */
  preferred: boolean;
  /** Somebody took it off the map: it wins only where it is preferred too. */
  excluded: boolean;
};

/** How much less than the best one a recording may cover and still win by its points. */
const closeShare = 0.05;

/**
 * Who wins among recordings that are connected as twins: for each number that of the winner whose duplicate it is, undefined for a
 * winner. A winner is the preferred one, else the one that covers most time and way, the number of points deciding between those
 * that cover as much within 5 %, the lower number between equals. Its twins are its duplicates; from the rest the next one is
 * chosen, so that a file of two legs and its legs, but never two outings, become one. The order in which they came in plays
 * no part but in numbers.
 */
export function elect(
  contenders: Contender[],
  areTwins: (a: string, b: string) => boolean,
): Map<number, number | undefined> {
  const verdict = new Map<number, number | undefined>();
  let rest = [...contenders].sort((a, b) => a.number - b.number);
  while (rest.length > 0) {
    const winner = rest.find(({preferred}) => preferred) ?? best(rest);
    // Only excluded ones are left: each stands for itself.
    if (!winner) {
      for (const {number} of rest) verdict.set(number, undefined);
      break;
    }
    verdict.set(winner.number, undefined);
    rest = rest.filter(({number, hash}) => {
      if (number === winner.number) return false;
      if (hash !== winner.hash && !areTwins(hash, winner.hash)) return true;
      verdict.set(number, winner.number);
      return false;
    });
  }
  return verdict;
}

function best(contenders: Contender[]): Contender | undefined {
  const open = contenders.filter(({excluded}) => !excluded);
  const covers = coverage(open);
  const most = Math.max(...covers);
  const close = open.filter((_, i) => covers[i] >= most * (1 - closeShare));
  const points = Math.max(...close.map((contender) => contender.points));
  return close.find((contender) => contender.points === points);
}

/** How much each covers, of the most time and the most way that any covers, in equal parts. */
export function coverage(contenders: Contender[]): number[] {
  const seconds = Math.max(1, ...contenders.map((contender) => contender.seconds));
  const meters = Math.max(1, ...contenders.map((contender) => contender.meters));
  return contenders.map((contender) => contender.seconds / seconds + contender.meters / meters);
}
