export { dashboards, dashboardText } from './dashboards';
