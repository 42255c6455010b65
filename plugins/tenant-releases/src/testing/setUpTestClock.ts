import { forgetServerTime } from '../api/serverClock';
import { clearTenantReleasesCache } from '../api/TenantReleasesProvider';
import { now } from './fixtures';

/** Has each test of a file begin at the fixtures' time, from where the clock runs on, and with an empty cache. */
export function setUpTestClock(): void {
  beforeEach(() => {
    const realNow = Date.now;
    const offset = now - realNow();
    jest.spyOn(Date, 'now').mockImplementation(() => realNow() + offset);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    clearTenantReleasesCache();
    forgetServerTime();
  });
}
