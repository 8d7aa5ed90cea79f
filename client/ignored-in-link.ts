/** The sentence about what a link says that is not understood, without lists of all that would be; none where all of it is. */
export function ignoredInLink(faults: readonly string[]): string {
  const short = faults.map((fault) => fault.replace(/,? (expected one of|is neither) .*/, ''));
  return short.length > 0 ? `Ignored in this link: ${short.join('; ')}.` : '';
}
