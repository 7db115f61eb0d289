import { formatCount, formatExactUsd } from '../../ui/format.ts';
import type { CodedTexts } from '../coded-texts.ts';
import { errors } from './errors.ts';

const n = formatCount;
const usd = formatExactUsd;
/** The provider's first key has no id. */
const keyName = (provider: string, key: string | null) =>
  key === null ? `${provider} 的密钥` : `${provider} 的密钥 ${key}`;
/** An error's meaning, followed by the core's message, which names the field, file or model. */
const errorText = (code: string, message: string) =>
  `${(errors.byCode as Partial<Record<string, string>>)[code] ?? `${code}: `}${message}`;
const listed = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join('；');

/** The core's texts other than warnings and errors. */
export const codedTexts: CodedTexts = {
  change: {
    preset_created: ({ module }) => `新建 ${module} 的预设`,
    preset_changed: ({ preset }) => `更改预设 ${preset}`,
    preset_reset: ({ preset }) => `将预设 ${preset} 恢复为初始状态`,
    preset_removed: ({ preset }) => `删除预设 ${preset}`,
    preset_activated: ({ preset, module }) => `将 ${module} 使用的预设改为 ${preset}`,
    default_restored: ({ module }) => `将 ${module} 使用的预设恢复为默认`,
    items_imported: ({ items }) => `导入 ${n(items)} 项`,
    personas_imported: ({ personas }) => `导入人设 ${personas}`,
    key_saved: ({ provider, key }) => `保存 ${keyName(provider, key)}`,
    key_removed: ({ provider, key }) => `删除 ${keyName(provider, key)}`,
    key_renamed: ({ provider, key }) => `重命名 ${keyName(provider, key)}`,
    provider_saved: ({ provider }) => `保存提供商 ${provider}`,
    provider_removed: ({ provider }) => `删除提供商 ${provider}`,
    adapter_kept: ({ adapter }) => `将运行时适配器 ${adapter} 保存为提供商`,
    pack_saved: ({ module }) => `保存提示词包 ${module}`,
    pack_created: ({ module }) => `新建提示词包 ${module}`,
    pack_duplicated: ({ module }) => `复制提示词包 ${module}`,
    pack_removed: ({ module }) => `删除提示词包 ${module}`,
    facts_kept: ({ facts, provider }) => `保存 ${provider} 列表中的 ${n(facts)} 条信息`,
    synced_models_removed: ({ provider }) => `删除 ${provider} 的同步模型`,
    catalogue_imported: ({ models, source }) => `从 ${source} 的目录导入 ${n(models)} 个模型`,
    file_repaired: ({ file }) => `修复 ${file}`,
    file_restored: ({ file }) => `将 ${file} 恢复为上次的正常内容`,
  },
  unit_problem: {
    missing: () => '每次请求，模型都漏掉了这一行。',
    doubled: () => '每次请求，模型都为这一行给出两个不同的译文。',
    empty: ({ asked }) => (asked ? '每次请求，模型都没有为这一行返回内容。' : '没有译文。'),
    merged: () => '每次请求，模型都把这一行与另一行合并了。',
    code: ({ missing, added, misplaced }) =>
      `代码或占位符不一致：${listed([
        missing === null ? null : `缺少 ${missing}`,
        added === null ? null : `原文中没有 ${added}`,
        misplaced === null ? null : `位置有误 ${misplaced}`,
      ])}。`,
    line_breaks: ({ target, source }) => `译文有 ${n(target)} 处换行，原文有 ${n(source)} 处。`,
    untranslated: () => '尚未翻译。',
    left_over: ({ letter }) => `残留其他文字体系的字符：“${letter}”。`,
    too_wide: ({ widest, room }) =>
      `有一行宽 ${n(widest)} 个半角字符，而游戏只能显示 ${n(room)} 个半角字符。`,
    repetition: ({ part }) => `“${part}”反复出现。`,
    refusal: () => '模型没有翻译，而是拒绝了请求。',
    explanation: ({ too_long }) => (too_long ? '译文远长于原文。' : '模型没有只给出译文，而是写了说明。'),
    glossary: ({ term, translation }) => `“${term}”没有译为“${translation}”。`,
    speaker: ({ name }) => `译文以名字“${name}:”开头，而原文没有。`,
    quotes: ({ quoted }) => (quoted === 'source' ? '原文带引号，而译文没有。' : '译文带引号，而原文没有。'),
    fuzzy: () => '文件将此译文标记为不确定。',
  },
  stop: {
    stopped: () => '用户操作',
    program_closed: () => '程序已关闭',
    limit_reached: ({ limit, spent, next }) =>
      `已达到上限 ${usd(limit)}：目前花费 ${usd(spent)}，下一个请求的费用${
        next === null ? '无法确定' : `最多为 ${usd(next)}`
      }。`,
    error: ({ error, message }) => errorText(error, message),
  },
};
