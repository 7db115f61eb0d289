import { formatCount, formatExactUsd } from '../../ui/format.ts';
import type { CodedTexts } from '../coded-texts.ts';
import { errors } from './errors.ts';

const n = formatCount;
const usd = formatExactUsd;
/** The provider's first key has no id. */
const keyName = (provider: string, key: string | null) =>
  key === null ? `${provider}のAPIキー` : `${provider}のAPIキー${key}`;
/** An error's meaning, followed by the core's message, which names the field, file or model. */
const errorText = (code: string, message: string) =>
  `${(errors.byCode as Partial<Record<string, string>>)[code] ?? `${code}: `}${message}`;
const listed = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join('、');

/** The core's texts other than warnings and errors. */
export const codedTexts: CodedTexts = {
  change: {
    preset_created: ({ module }) => `${module}のプリセットを作成`,
    preset_changed: ({ preset }) => `プリセット${preset}を変更`,
    preset_reset: ({ preset }) => `プリセット${preset}を初期状態にリセット`,
    preset_removed: ({ preset }) => `プリセット${preset}を削除`,
    preset_activated: ({ preset, module }) => `${module}で使用するプリセットを${preset}に変更`,
    default_restored: ({ module }) => `${module}で使用するプリセットを既定に戻す`,
    items_imported: ({ items }) => `${n(items)}件をインポート`,
    personas_imported: ({ personas }) => `ペルソナ${personas}をインポート`,
    key_saved: ({ provider, key }) => `${keyName(provider, key)}を保存`,
    key_removed: ({ provider, key }) => `${keyName(provider, key)}を削除`,
    key_renamed: ({ provider, key }) => `${keyName(provider, key)}の名前を変更`,
    provider_saved: ({ provider }) => `プロバイダー${provider}を保存`,
    provider_removed: ({ provider }) => `プロバイダー${provider}を削除`,
    adapter_kept: ({ adapter }) => `ランタイムアダプター${adapter}をプロバイダーとして保存`,
    pack_saved: ({ module }) => `プロンプトパック${module}を保存`,
    pack_created: ({ module }) => `プロンプトパック${module}を作成`,
    pack_duplicated: ({ module }) => `プロンプトパック${module}を複製`,
    pack_removed: ({ module }) => `プロンプトパック${module}を削除`,
    facts_kept: ({ facts, provider }) => `${provider}の一覧から${n(facts)}件の情報を保存`,
    synced_models_removed: ({ provider }) => `${provider}の同期したモデルを削除`,
    catalogue_imported: ({ models, source }) => `${source}のカタログから${n(models)}件のモデルをインポート`,
    file_repaired: ({ file }) => `${file}を修復`,
    file_restored: ({ file }) => `${file}を最後の正常な内容に戻す`,
  },
  unit_problem: {
    missing: () => 'モデルは、何度依頼してもこの行を訳しませんでした。',
    doubled: () => 'モデルは、何度依頼してもこの行に異なる訳を2回返しました。',
    empty: ({ asked }) =>
      asked ? 'モデルは、何度依頼してもこの行に何も返しませんでした。' : '訳文がありません。',
    merged: () => 'モデルは、何度依頼してもこの行を別の行とつなげて返しました。',
    code: ({ missing, added, misplaced }) =>
      `コードまたはプレースホルダーが異なります。${listed([
        missing === null ? null : `不足: ${missing}`,
        added === null ? null : `原文にないもの: ${added}`,
        misplaced === null ? null : `位置の誤り: ${misplaced}`,
      ])}`,
    line_breaks: ({ target, source }) => `改行は訳文に${n(target)}個、原文に${n(source)}個あります。`,
    untranslated: () => '翻訳されていません。',
    left_over: ({ letter }) => `別の文字体系の文字が残っています: 「${letter}」`,
    too_wide: ({ widest, room }) =>
      `幅が半角${n(widest)}文字分の行がありますが、ゲームで表示できるのは半角${n(room)}文字分までです。`,
    repetition: ({ part }) => `「${part}」が何度も繰り返されています。`,
    refusal: () => 'モデルが、翻訳せずに依頼を断っています。',
    explanation: ({ too_long }) =>
      too_long ? '訳文が原文よりはるかに長くなっています。' : 'モデルが、翻訳の代わりに説明を書いています。',
    glossary: ({ term, translation }) => `「${term}」が「${translation}」と訳されていません。`,
    speaker: ({ name }) => `訳文が、原文にない名前「${name}:」で始まっています。`,
    quotes: ({ quoted }) =>
      quoted === 'source'
        ? '原文は引用符で囲まれていますが、訳文は囲まれていません。'
        : '訳文は引用符で囲まれていますが、原文は囲まれていません。',
    fuzzy: () => 'ファイルの中で、訳文があいまい(要確認)とされています。',
  },
  stop: {
    stopped: () => 'ユーザーの操作',
    program_closed: () => 'プログラムの終了',
    limit_reached: ({ limit, spent, next }) =>
      `上限の${usd(limit)}に達しました。これまでのコストは${usd(spent)}で、次のリクエストのコストは${
        next === null ? '見積もれません' : `最大${usd(next)}です`
      }。`,
    error: ({ error, message }) => errorText(error, message),
  },
};
