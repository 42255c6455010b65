export { layoutModule } from './layoutModule';
export { PortalPage, useAppTitle } from './PortalPage';
export { SkipLink } from './SkipLink';
