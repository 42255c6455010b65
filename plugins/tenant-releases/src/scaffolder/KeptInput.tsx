import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { offerInput } from './keptInput';

/** Stands beside all pages, so that it is there before a form is: gives the form what was typed before a reload. */
export function KeptInput() {
  const { pathname, key } = useLocation();
  useEffect(() => offerInput({ pathname, key }), [pathname, key]);
  return null;
}
