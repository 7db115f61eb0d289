/** A figure as a share of the largest one beside it; the figure itself stands next to it in words. */
export function Meter({ share }: { share: number }) {
  return (
    <div aria-hidden="true" className="h-2 min-w-16 flex-1 rounded-sm bg-sunken">
      <div
        className="h-full rounded-sm bg-accent"
        style={{ width: `${Math.max(Math.min(share, 1) * 100, share > 0 ? 1 : 0)}%` }}
      />
    </div>
  );
}
