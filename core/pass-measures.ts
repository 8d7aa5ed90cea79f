/** By what a repeated pass of an activity is known on the ground: by the builder for zooms 13 and deeper, and by the page. */
export const passMeasures = {
  /**
   * Side in ground metres of the cells by which a repeated pass is known: with 10 m some ways back on the other side of the street
   * counted as further passes here and there. It is known …
   */
  cellMeters: 12,
  /** … when it comes so many ground metres along the way after the first. */
  passMeters: 40,
};
