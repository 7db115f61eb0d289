import { messages } from '../../messages.ts';
import type { PlaceId } from '../../state/place-in-fragment.ts';
import { returnTo } from '../../state/place.ts';
import { classNames } from '../../ui/class-names.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { Place } from './place-view.tsx';

/** The places, as icons. */
export function Rail({ places, current }: { places: readonly Place[]; current: PlaceId }) {
  return (
    <nav
      aria-label={messages.frame.places}
      className="flex w-12 shrink-0 flex-col gap-1 border-r border-line bg-panel p-1.5"
    >
      {places.map((place) => (
        <Tooltip key={place.id} side="right" content={<Tip place={place} />}>
          <button
            type="button"
            aria-label={place.label}
            aria-current={place.id === current ? 'page' : undefined}
            onClick={() => returnTo(place.id)}
            className={classNames(
              'flex size-9 items-center justify-center rounded-md transition-colors',
              place.atFoot && 'mt-auto',
              place.id === current
                ? 'bg-accent-soft text-accent-strong'
                : 'text-ink-soft hover:bg-hover hover:text-ink',
            )}
          >
            <place.icon size={18} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}

function Tip({ place }: { place: Place }) {
  return (
    <>
      {place.label}
      <KeyHint id={place.id} />
    </>
  );
}
