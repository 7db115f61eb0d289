import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, streamText, type LanguageModel } from 'ai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';

// Turns off the SDK's warnings about unknown models.
globalThis.AI_SDK_LOG_WARNINGS = false;

export interface Turn {
  role: 'user' | 'assistant';
  content: string;
}

export interface Ask {
  /** A server's address, without a path. */
  url: string;
  model: string;
  messages: Turn[];
  signal?: AbortSignal;
  /** 0 by default. */
  maxRetries?: number;
}

/** A third-party client: how it requests a text, streaming or not. */
export interface RealClient {
  name: string;
  whole(ask: Ask): Promise<string>;
  /** `onPiece` is called with each piece as it arrives. */
  stream(ask: Ask, onPiece?: (piece: string) => void): Promise<string>;
}

async function gathered<T>(
  pieces: AsyncIterable<T>,
  textOf: (piece: T) => string | null | undefined,
  onPiece: (piece: string) => void = () => {},
): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    const more = textOf(piece) ?? '';
    if (more === '') continue;
    text += more;
    onPiece(more);
  }
  return text;
}

const key = 'a-key-nobody-reads';
const promptOf = (messages: readonly Turn[]) => messages.map(({ content }) => content).join('\n');
const openAi = ({ url, maxRetries = 0 }: Ask) =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries });

const openAiChat: RealClient = {
  name: 'openai chat',
  async whole(ask) {
    const { model, messages, signal } = ask;
    const reply = await openAi(ask).chat.completions.create({ model, messages }, { signal });
    return reply.choices[0]?.message.content ?? '';
  },
  async stream(ask, onPiece) {
    const { model, messages, signal } = ask;
    const stream = await openAi(ask).chat.completions.create({ model, messages, stream: true }, { signal });
    return gathered(stream, (chunk) => chunk.choices[0]?.delta.content, onPiece);
  },
};

const openAiResponses: RealClient = {
  name: 'openai responses',
  async whole(ask) {
    const { model, messages: input, signal } = ask;
    return (await openAi(ask).responses.create({ model, input }, { signal })).output_text;
  },
  async stream(ask, onPiece) {
    const { model, messages: input, signal } = ask;
    const stream = await openAi(ask).responses.create({ model, input, stream: true }, { signal });
    return gathered(
      stream,
      (event) => (event.type === 'response.output_text.delta' ? event.delta : ''),
      onPiece,
    );
  },
};

const openAiCompletions: RealClient = {
  name: 'openai completions',
  async whole(ask) {
    const { model, messages, signal } = ask;
    const prompt = promptOf(messages);
    return (await openAi(ask).completions.create({ model, prompt }, { signal })).choices[0]?.text ?? '';
  },
  async stream(ask, onPiece) {
    const { model, messages, signal } = ask;
    const prompt = promptOf(messages);
    const stream = await openAi(ask).completions.create({ model, prompt, stream: true }, { signal });
    return gathered(stream, (chunk) => chunk.choices[0]?.text, onPiece);
  },
};

const anthropicClient = ({ url, maxRetries = 0 }: Ask) =>
  new Anthropic({ baseURL: url, apiKey: key, maxRetries });

const anthropic: RealClient = {
  name: 'anthropic',
  async whole(ask) {
    const { model, messages, signal } = ask;
    const body = { model, messages, max_tokens: 200 };
    const { content } = await anthropicClient(ask).messages.create(body, { signal });
    return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  },
  async stream(ask, onPiece) {
    const { model, messages, signal } = ask;
    const body = { model, messages, max_tokens: 200, stream: true as const };
    const stream = await anthropicClient(ask).messages.create(body, { signal });
    return gathered(
      stream,
      (event) =>
        event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '',
      onPiece,
    );
  },
};

/** The client accepts no signal for a single call; it can only abort all its streams. */
function ollamaClient({ url, signal }: Ask): Ollama {
  const client = new Ollama({ host: url });
  signal?.addEventListener('abort', () => client.abort());
  return client;
}

const ollamaChat: RealClient = {
  name: 'ollama chat',
  async whole(ask) {
    const { model, messages } = ask;
    return (await ollamaClient(ask).chat({ model, messages, stream: false })).message.content;
  },
  async stream(ask, onPiece) {
    const { model, messages } = ask;
    const stream = await ollamaClient(ask).chat({ model, messages, stream: true });
    return gathered(stream, ({ message }) => message.content, onPiece);
  },
};

const ollamaGenerate: RealClient = {
  name: 'ollama generate',
  async whole(ask) {
    const { model, messages } = ask;
    const reply = await ollamaClient(ask).generate({ model, prompt: promptOf(messages), stream: false });
    return reply.response ?? '';
  },
  async stream(ask, onPiece) {
    const { model, messages } = ask;
    const stream = await ollamaClient(ask).generate({ model, prompt: promptOf(messages), stream: true });
    return gathered(stream, ({ response }) => response, onPiece);
  },
};

const contentsOf = (messages: readonly Turn[]) =>
  messages.map(({ role, content }) => ({
    role: role === 'assistant' ? 'model' : role,
    parts: [{ text: content }],
  }));
const geminiConfig = ({ signal }: Ask) => (signal ? { config: { abortSignal: signal } } : {});
const googleClient = ({ url }: Ask) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });

const gemini: RealClient = {
  name: 'google genai',
  async whole(ask) {
    const { model, messages } = ask;
    const request = { model, contents: contentsOf(messages), ...geminiConfig(ask) };
    return (await googleClient(ask).models.generateContent(request)).text ?? '';
  },
  async stream(ask, onPiece) {
    const { model, messages } = ask;
    const request = { model, contents: contentsOf(messages), ...geminiConfig(ask) };
    const stream = await googleClient(ask).models.generateContentStream(request);
    return gathered(stream, (chunk) => chunk.text, onPiece);
  },
};

function aiSdk(name: string, modelOf: (ask: Ask) => LanguageModel): RealClient {
  const askOf = (ask: Ask) => {
    const { messages, signal, maxRetries = 0 } = ask;
    const stop = signal ? { abortSignal: signal } : {};
    // Without a limit the SDK requests the model's longest reply, which the budget per call refuses.
    return { model: modelOf(ask), messages, maxRetries, maxOutputTokens: 200, ...stop };
  };
  return {
    name,
    whole: async (ask) => (await generateText(askOf(ask))).text,
    async stream(ask, onPiece) {
      let failure: unknown;
      const { textStream } = streamText({ ...askOf(ask), onError: ({ error }) => void (failure = error) });
      const text = await gathered(textStream, (piece) => piece, onPiece);
      if (failure) throw failure;
      return text;
    },
  };
}

const aiSdkOpenAi = aiSdk('ai sdk, openai (its default: responses)', ({ url, model }) =>
  createOpenAI({ baseURL: `${url}/v1`, apiKey: key })(model),
);
const aiSdkCompatible = aiSdk('ai sdk, openai-compatible', ({ url, model }) =>
  createOpenAICompatible({ name: 'panel', baseURL: `${url}/v1`, apiKey: key })(model),
);
const aiSdkAnthropic = aiSdk('ai sdk, anthropic', ({ url, model }) =>
  createAnthropic({ baseURL: `${url}/v1`, apiKey: key })(model),
);

function langchain(name: string, useResponsesApi: boolean): RealClient {
  const client = ({ url, model, maxRetries = 0 }: Ask) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries,
      useResponsesApi,
      configuration: { baseURL: `${url}/v1` },
    });
  const reported = (messages: readonly Turn[]) =>
    messages.map(({ role, content }) =>
      role === 'user' ? new HumanMessage(content) : new AIMessage(content),
    );
  const options = ({ signal }: Ask) => (signal ? { signal } : {});
  return {
    name,
    whole: async (ask) => (await client(ask).invoke(reported(ask.messages), options(ask))).text,
    stream: async (ask, onPiece) =>
      gathered(
        await client(ask).stream(reported(ask.messages), options(ask)),
        (chunk) => chunk.text,
        onPiece,
      ),
  };
}

const langchainChat = langchain('langchain, chat completions', false);
const langchainResponses = langchain('langchain, responses', true);

export const clients = {
  openAiChat,
  openAiResponses,
  openAiCompletions,
  anthropic,
  ollamaChat,
  ollamaGenerate,
  gemini,
  aiSdkOpenAi,
  aiSdkCompatible,
  aiSdkAnthropic,
  langchainChat,
  langchainResponses,
};
export const allClients: RealClient[] = Object.values(clients);
