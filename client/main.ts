import {missingFeature} from './heat/heat-format.ts';
import {startPage} from './page.ts';
import {showRasterInstead} from './raster-instead.ts';

const missing = missingFeature();
if (missing) await showRasterInstead(missing);
else {
  const test = new URLSearchParams(location.search).get('test');
  const hook = test === null ? undefined : await import('./testing/hook.ts');
  const page = await startPage();
  if (typeof page !== 'string') hook?.installHook(page, test === 'still');
}
