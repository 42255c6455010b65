import { createContext, useContext } from 'react';

/** live: changes are pushed; polling: they are looked for every few seconds. */
export type Liveliness = 'live' | 'polling';

/** Whether changes are pushed to this page; without a provider they are not. */
export const LivelinessContext = createContext<Liveliness>('polling');

/** Whether changes are pushed to this page or looked for every few seconds. */
export const useLiveliness = () => useContext(LivelinessContext);
