import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { findView, viewNameProblem } from '../../domain/savedViews';
import { FilterSelect, useFieldStyles } from '../common/FilterSelect';
import { useSavedViews } from './useSavedViews';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) },
    problem: { color: theme.palette.error.main, fontSize: theme.typography.caption.fontSize },
  }),
  { name: 'TenantReleasesSavedViews' },
);

function NameForm(props: {
  problemOf: (name: string) => string | undefined;
  onSave: (name: string) => void;
  onCancel: () => void;
}) {
  const { problemOf, onSave, onCancel } = props;
  const classes = useStyles();
  const fields = useFieldStyles();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(name);
    setProblem(found);
    if (!found) onSave(name);
  };
  return (
    <form className={classes.root} onSubmit={submit}>
      <input
        className={fields.field}
        aria-label="Name of the view"
        aria-invalid={problem !== undefined}
        placeholder="Name of the view"
        maxLength={60}
        // The button that was pressed has gone: the keyboard goes on here.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={name}
        onChange={event => setName(event.target.value)}
        onKeyDown={event => event.key === 'Escape' && onCancel()}
      />
      <Button size="small" type="submit" color="primary">
        Save
      </Button>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
      {problem && (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
    </form>
  );
}

/** Chooses one of the reader's own views, or keeps the one on the screen under a name. */
export function SavedViews() {
  const classes = useStyles();
  const [parameters, setParameters] = useSearchParams();
  const { views, save, remove } = useSavedViews();
  const [isNaming, setNaming] = useState(false);
  const search = parameters.toString();
  const current = findView(views, search);
  if (isNaming) {
    return (
      <NameForm
        problemOf={name => viewNameProblem(views, name)}
        onSave={name => {
          save({ name, search });
          setNaming(false);
        }}
        onCancel={() => setNaming(false)}
      />
    );
  }
  return (
    <span className={classes.root}>
      {views.length > 0 && (
        <FilterSelect
          label="View"
          all={current ? 'all tenants' : 'not saved'}
          value={current?.name ?? ''}
          options={views.map(({ name }) => ({ value: name, label: name }))}
          onChange={name =>
            setParameters(views.find(view => view.name === name)?.search ?? '', { replace: true })
          }
        />
      )}
      {current && (
        <Button size="small" onClick={() => remove(current.name)}>
          Delete view
        </Button>
      )}
      {!current && search && (
        <Button size="small" onClick={() => setNaming(true)}>
          Save view
        </Button>
      )}
    </span>
  );
}
