import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'max-content 1fr',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      padding: theme.spacing(1, 1.5),
      borderRadius: 4,
      background: theme.palette.action.hover,
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      '& dt': { color: theme.palette.text.secondary },
      '& dd': {
        margin: 0,
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
        overflowWrap: 'anywhere',
      },
    },
  }),
  { name: 'TenantReleasesNamedAfter' },
);

/** What will be named after a tenant. */
export function namedAfter(tenant: string): Array<[what: string, name: string]> {
  return [
    ['Namespace', tenant],
    ['Applications', `${tenant}, ${tenant}-fence`],
    ['AppProject', tenant],
    ['Files', `gitops/tenants/${tenant}-values.yaml`],
    ['', `gitops/apps/${tenant}.yaml`],
    ['', `gitops/projects/${tenant}.yaml`],
  ];
}

/** Shows what will be named after a tenant, before anything is. */
export function NamedAfter({ tenant }: { tenant: string }) {
  const classes = useStyles();
  return (
    <dl className={classes.root} aria-label="Named after the tenant">
      {namedAfter(tenant).map(([what, name]) => (
        <div key={name + what} style={{ display: 'contents' }}>
          <dt>{what}</dt>
          <dd>{name}</dd>
        </div>
      ))}
    </dl>
  );
}
