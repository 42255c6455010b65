import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { type SavedView, readViews, removeView, saveView } from '../../domain/savedViews';

const key = 'views';

/** The reader's own views of the Tenants page, kept where Backstage keeps settings: the browser, or the user's account. */
export function useSavedViews() {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('tenant-releases'), [storage]);
  const [views, setViews] = useState(() => readViews(bucket.snapshot(key).value));
  useEffect(() => {
    const subscription = bucket.observe$(key).subscribe(({ value }) => setViews(readViews(value)));
    return () => subscription.unsubscribe();
  }, [bucket]);
  const store = (next: SavedView[]) => {
    setViews(next);
    // SavedView is JSON, which its interface type does not say.
    return bucket.set(
      key,
      next.map(view => ({ ...view })),
    );
  };
  return {
    views,
    save: (view: SavedView) => store(saveView(views, view)),
    remove: (name: string) => store(removeView(views, name)),
  };
}
