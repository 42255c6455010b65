import type { Release } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { mainRunningVersion } from '../../domain/version';
import { secondaryText } from '../../theme/secondaryText';
import { VersionLabel } from '../common/VersionLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      margin: 0,
    },
    name: { color: secondaryText(theme), fontSize: theme.typography.caption.fontSize },
    version: { margin: 0, fontSize: '0.8rem' },
  }),
  { name: 'TenantReleasesThreeVersions' },
);

/** Desired, synced and running in one line. */
export function ThreeVersions({ release }: { release: Release }) {
  const classes = useStyles();
  const versions = [
    ['desired', release.desired?.version],
    ['synced', release.synced?.version],
    ['running', mainRunningVersion(release)],
  ] as const;
  return (
    <dl className={classes.root}>
      {versions.map(([name, version]) => (
        <div key={name}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.version}>
            {version && <VersionLabel version={version} />}
            {!version &&
              (name === 'running' && release.running.length > 0 ? 'none yet' : 'not known')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
