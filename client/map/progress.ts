/** Shows on an element whether anything that was asked for through the returned function is on its way. */
export function showProgress<Request extends unknown[], Result>(
  place: HTMLElement,
  read: (...request: Request) => Promise<Result>,
): (...request: Request) => Promise<Result> {
  let underWay = 0;
  const count = (change: number) => {
    underWay += change;
    place.setAttribute('aria-busy', `${underWay > 0}`);
  };
  return async (...request) => {
    count(1);
    try {
      return await read(...request);
    } finally {
      count(-1);
    }
  };
}
