import type { ReactNode } from 'react';
import { Component } from 'react';
import { messages } from '../messages.ts';
import { Button } from './button.tsx';

/** Keeps the rest of the window working when a part of it throws. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(thrown: unknown): { message: string } {
    return { message: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div role="alert" className="flex flex-col items-start gap-2 p-4">
        <p className="font-medium">{messages.ui.broken}</p>
        <p className="num text-ink-soft">{this.state.message}</p>
        <Button onClick={() => this.setState({ message: null })}>{messages.ui.showAgain}</Button>
      </div>
    );
  }
}
