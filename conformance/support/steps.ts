import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';

/** Tests that build on one another: after one that failed, the others do not wait for what will not come. */
export function steps(): (name: string, test: (context: TestContext) => Promise<void>) => void {
  let failed: string | undefined;
  return (name, test) =>
    it(name, async context => {
      assert.ok(!failed, `"${failed}" failed before`);
      failed = name;
      await test(context);
      failed = undefined;
    });
}
