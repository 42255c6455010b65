import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { FleetRow } from '../../domain/fleet';
import { fleetVersions } from '../../domain/fleetVersions';
import {
  announceVersionOrder,
  onVersionOrder,
  orderVersions,
  type VersionMark,
  versionMark,
} from '../../domain/versionMark';

/**
 * Says in which order the versions of this page stand; their colours follow it.
 *
 * @param versions - the newest first; `undefined` while nobody knows them
 */
export function useVersionOrder(versions: readonly string[] | undefined): void {
  const hasChanged = useRef(false);
  // Before the children draw themselves, so that no colour changes under the reader's eyes.
  useMemo(() => {
    if (versions && orderVersions(versions)) hasChanged.current = true;
  }, [versions]);
  useEffect(() => {
    if (hasChanged.current) announceVersionOrder();
    hasChanged.current = false;
  });
}

/** The same for the releases of a fleet; `undefined` while there are none. */
export function useFleetVersionOrder(rows: readonly FleetRow[] | undefined): void {
  useVersionOrder(useMemo(() => rows && fleetVersions(rows).map(({ version }) => version), [rows]));
}

/** {@link versionMark}; the component is drawn again when it changes. */
export function useVersionMark(version: string, mode: 'light' | 'dark'): VersionMark {
  return useSyncExternalStore(onVersionOrder, () => versionMark(version, mode));
}

/** The colours of several versions, joined: for components that draw many and have to be drawn again with them. */
export function useVersionColours(versions: readonly string[], mode: 'light' | 'dark'): string[] {
  const colours = useSyncExternalStore(onVersionOrder, () =>
    versions.map(version => versionMark(version, mode).colour).join(' '),
  );
  return useMemo(() => colours.split(' '), [colours]);
}
