import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';
import type { Components } from 'react-markdown';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { headingId, targetOf } from './documents.ts';

interface Links {
  /** Documents that links can open. */
  names: readonly string[];
  /**
   * @param document null for the one on screen
   */
  onOpen: (document: string | null, heading: string) => void;
}

const LinkContext = createContext<Links>({ names: [], onOpen: () => {} });

function plain(children: ReactNode): string {
  if (typeof children === 'string' || typeof children === 'number') return String(children);
  if (Array.isArray(children)) return children.map(plain).join('');
  if (typeof children === 'object' && children !== null && 'props' in children)
    return plain((children.props as { children?: ReactNode }).children);
  return '';
}

interface Part {
  children?: ReactNode;
}

function Heading({ level, children }: Part & { level: 2 | 3 | 4 }) {
  const Tag = `h${level}` as const;
  const size = level === 2 ? 'text-lg mt-5 mb-1.5' : 'mt-4 mb-1';
  return (
    <Tag id={`help-${headingId(plain(children))}`} className={`${size} scroll-mt-2 font-semibold`}>
      {children}
    </Tag>
  );
}

/**
 * A link to another document opens it here. A URL opens in the browser, or is only shown in the desktop
 * window.
 */
function DocumentLink({ href = '', children }: Part & { href?: string }) {
  const { names, onOpen } = useContext(LinkContext);
  const target = targetOf(href, names);
  if (!target) return <span>{children}</span>;
  if ('address' in target) {
    // The desktop window opens no other page.
    if (window.panel) return <span title={target.address}>{children}</span>;
    return (
      <a href={target.address} target="_blank" rel="noreferrer" className="text-accent underline">
        {children}
      </a>
    );
  }
  return (
    <button
      type="button"
      onClick={() => onOpen(target.document, target.heading)}
      className="text-left text-accent underline"
    >
      {children}
    </button>
  );
}

const H1 = ({ children }: Part) => <h1 className="mb-3 text-xl font-semibold">{children}</h1>;
const H2 = ({ children }: Part) => <Heading level={2}>{children}</Heading>;
const H3 = ({ children }: Part) => <Heading level={3}>{children}</Heading>;
const H4 = ({ children }: Part) => <Heading level={4}>{children}</Heading>;
const Paragraph = ({ children }: Part) => <p className="my-2">{children}</p>;
const Bullets = ({ children }: Part) => <ul className="my-2 list-disc pl-5">{children}</ul>;
const Numbers = ({ children }: Part) => <ol className="my-2 list-decimal pl-5">{children}</ol>;
const Item = ({ children }: Part) => <li className="my-0.5">{children}</li>;
const Picture = ({ alt }: { alt?: string }) => <em>{alt}</em>;
const Code = ({ children }: Part) => <code className="num rounded-sm bg-sunken px-1">{children}</code>;
const Table = ({ children }: Part) => (
  <table className="my-3 w-full border-collapse text-sm [overflow-wrap:anywhere]">{children}</table>
);
const Cell = ({ children }: Part) => <td className="border border-line px-2 py-1 align-top">{children}</td>;
const HeadCell = ({ children }: Part) => (
  <th className="border border-line bg-panel px-2 py-1 text-left align-top font-medium">{children}</th>
);
const CodeLines = ({ children }: Part) => (
  <pre className="my-2 rounded-md border border-line bg-sunken px-2.5 py-2 break-words whitespace-pre-wrap [&_code]:bg-transparent [&_code]:px-0">
    {children}
  </pre>
);

const components: Components = {
  h1: H1,
  h2: H2,
  h3: H3,
  h4: H4,
  p: Paragraph,
  ul: Bullets,
  ol: Numbers,
  li: Item,
  img: Picture,
  a: DocumentLink,
  code: Code,
  pre: CodeLines,
  table: Table,
  th: HeadCell,
  td: Cell,
};

/** A document as text: HTML in it is ignored, and no image is loaded. */
export function DocumentText({ text, names, onOpen }: Links & { text: string }) {
  const links = useMemo(() => ({ names, onOpen }), [names, onOpen]);
  return (
    <LinkContext value={links}>
      <div className="max-w-200 leading-5">
        <Markdown remarkPlugins={[remarkGfm]} skipHtml components={components}>
          {text}
        </Markdown>
      </div>
    </LinkContext>
  );
}
