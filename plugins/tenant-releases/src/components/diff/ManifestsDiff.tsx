import Button from '@material-ui/core/Button';
import type { ObjectDiff, ReleaseDiff } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { describeRendered, nameObject } from '../../domain/renderedDiff';
import { secondaryText } from '../../theme/secondaryText';
import { Disclosure } from '../common/Disclosure';
import { Notice } from '../common/Notice';
import { Placeholder } from '../common/Placeholder';
import { ChangeMark } from './ChangeMark';
import { DiffPart } from './DiffPart';
import { DiffText } from './DiffText';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    name: { marginLeft: theme.spacing(1), fontWeight: 600 },
    chart: { marginLeft: theme.spacing(1), color: secondaryText(theme) },
  }),
  { name: 'TenantReleasesManifestsDiff' },
);

/** So few objects are all open at first; of more, the first one is. */
const fewObjects = 3;

function ObjectItem({ object, open }: { object: ObjectDiff; open: boolean }) {
  const classes = useStyles();
  const { chart, change, diff, truncated } = object;
  return (
    <li data-testid="diff-object">
      <Disclosure
        open={open}
        summary={
          <>
            <ChangeMark change={change} />
            <span className={classes.name}>{nameObject(object)}</span>
            <span className={classes.chart}>{chart}</span>
          </>
        }
      >
        <DiffText text={diff} label={`Difference of ${nameObject(object)}`} truncated={truncated} />
      </Disclosure>
    </li>
  );
}

/** How what the charts make of the two files differs, object by object. */
export function ManifestsDiff(props: { manifests: ReleaseDiff['manifests']; onRetry: () => void }) {
  const { manifests, onRetry } = props;
  const classes = useStyles();
  if ('pending' in manifests) {
    return (
      <DiffPart title="Rendered manifests" detail="are being rendered by Helm">
        <Placeholder lines={3} what="rendered manifests" />
      </DiffPart>
    );
  }
  if ('unavailable' in manifests) {
    return (
      <DiffPart title="Rendered manifests">
        <Notice
          kind="stale"
          actions={
            <Button size="small" onClick={() => onRetry()}>
              Try again
            </Button>
          }
        >
          {manifests.unavailable}
        </Notice>
      </DiffPart>
    );
  }
  const { objects } = manifests;
  return (
    <DiffPart title="Rendered manifests" detail={describeRendered(manifests)}>
      <ul className={classes.list}>
        {objects.map((object, index) => (
          <ObjectItem
            key={`${object.chart} ${object.apiVersion} ${nameObject(object)}`}
            object={object}
            open={index === 0 || objects.length <= fewObjects}
          />
        ))}
      </ul>
    </DiffPart>
  );
}
