import {missingFeature} from './heat/heat-format.ts';
import {startPage} from './page.ts';
import {showRasterInstead} from './raster-instead.ts';

const missing = missingFeature();
if (missing) await showRasterInstead(missing);
else {
  const page = await startPage();
  if (typeof page !== 'string' && new URLSearchParams(location.search).has('test')) {
    const {installHook} = await import('./testing/hook.ts');
    installHook(page);
  }
}
