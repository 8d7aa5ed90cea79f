/** Whose the tracks are, as programs show it beside a map and on a poster. */
export const attribution = 'Own GPS tracks';
