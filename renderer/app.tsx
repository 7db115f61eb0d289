import { useAccess } from './api/access-state.ts';
import { Frame } from './features/frame/frame.tsx';
import { NoAccess } from './features/frame/no-access.tsx';
import { useAppearance } from './features/frame/use-appearance.ts';
import { places } from './places.tsx';

/** The panel, or what a browser without the token sees. */
export function App() {
  const access = useAccess((state) => state.access);
  return access === 'granted' ? <Panel /> : <NoAccess access={access} />;
}

function Panel() {
  useAppearance();
  return <Frame places={places} />;
}
