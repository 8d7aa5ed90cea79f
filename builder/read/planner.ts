/** Programs and sites that write a plan as a `<trk>` without times, as they never write an activity. */
const planners =
  /strava|garmin ?connect|komoot|b(?:ike)?router|graphhopper|openrouteservice|ride ?with ?gps|plotaroute|mapmy(?:fitness|ride|run|walk|hike)|outdooractive|alltrails|gpx\.studio|bikemap|naviki|kurviger|calimoto|cycle\.travel|cyclestreets|mapy\.(?:cz|com)|onthegomap|footpath|trailforks|swisstopo|schweizmobil|routeyou|openrunner|visorando|geovelo/i;

/** Whether a track without any time, written by this program, is a plan: its recordings have times. */
export function isPlanner(device: string): boolean {
  return planners.test(device);
}
