/** The sentence about what a link says that is not understood; none where all of it is. */
export function ignoredInLink(faults: readonly string[]): string {
  return faults.length > 0 ? `Ignored in this link: ${faults.join('; ')}.` : '';
}
