import {
  createFrontendModule,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiQuestionLine } from '@remixicon/react';

const helpRouteRef = createRouteRef();

const helpPage = PageBlueprint.make({
  name: 'help',
  params: {
    path: '/help',
    routeRef: helpRouteRef,
    title: 'Help',
    icon: <RiQuestionLine />,
    loader: () => import('./HelpPage').then(m => <m.HelpPage />),
  },
});

/** Help inside the portal, which works without any other server. */
export const helpModule = createFrontendModule({ pluginId: 'app', extensions: [helpPage] });
