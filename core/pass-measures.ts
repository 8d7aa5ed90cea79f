/** By what a repeated pass of an activity is known on its very track, in the builder's cut at maxZoom and in the page. */
export const passMeasures = {
  /** Side in ground metres of the cells by which a repeated pass is known … */
  cellMeters: 10,
  /** … when it comes so many ground metres along the way after the first: about as many as below maxZoom. */
  passMeters: 40,
};
