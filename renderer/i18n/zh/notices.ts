import { formatCount } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';
import { warnings } from './warnings.ts';

const n = formatCount;

const contents = { providers: '提供商', facts: '模型信息', presets: '预设', packs: '提示词包' };
/** A setting in a file. */
const inFile = (file: string, path: string | null) => (path === null ? file : `${file}（${path}）`);
const successorText = (successor: string | null) =>
  successor === null ? '没有记录后继模型。' : `后继模型为 ${successor}。`;
const keysSaved = {
  never: '该文件保持不变，无法保存密钥。',
  once_readable: '在该文件可以读取之前，无法保存密钥。',
  copy: '保存密钥时会保留该文件的副本。',
};
const sessionOnly = '在面板中保存的密钥仅在本次会话中有效。';
const meantText = (meant: string | null) => (meant === null ? '' : `是否应为 ${meant}？`);

/** Warnings about files, variables and stored data. `problem` is one or more whole sentences. */
export const notices: CodedTexts['notice'] = {
  address_corrected: ({ file, setting, base, problem }) =>
    `${file === null ? '' : `${file}：`}${setting} 将作为 ${base} 使用。${problem}`,
  address_ignored: ({ variable, problem, base }) => `${variable}：${problem}改用 ${base}。`,
  network_left_out: ({ setting, entry, problem }) => `已忽略 ${setting} 的第 ${n(entry)} 项：${problem}`,
  proxy_unusable: ({ variable }) =>
    `${variable} 不是 HTTP 或 HTTPS 代理的地址，因此不会发送经过该代理的调用。`,
  key_unusable: ({ problem }) => `${problem}不会发送使用该密钥的调用。`,
  headers_ignored: ({ variable }) => `${variable} 不是由标头名称和值组成的 JSON 对象，已忽略。`,
  timeout_ignored: ({ variable }) => `${variable} 不是大于 0 且不超过 3600 的秒数，已忽略。`,
  folder_unreadable: ({ folder, problem, content }) =>
    `${folder}：${problem}${contents[content]}沿用上次读取的内容。`,
  comfyvn_file_broken: ({ file, path, problem, last }) =>
    `${inFile(file, path)}：${problem}${
      last ? '继续使用上次可用的注册表。' : '在修复之前使用内置的注册表。'
    }`,
  provider_file_broken: ({ file, path, problem, last }) =>
    `${inFile(file, path)}：${problem}${
      last ? '该提供商沿用上次读取的内容。' : '在修复之前无法使用该提供商。'
    }`,
  unknown_field: ({ file, field, near }) =>
    `${file}：没有名为“${field}”的字段。${near === null ? '' : `是否应为“${near}”？`}`,
  default_provider_unknown: ({ file, module, provider }) =>
    `${file}：${module === null ? '默认提供商' : `${module} 的默认提供商`}“${provider}”不存在。`,
  default_model_gone: ({ file, module, model, status, shutdown, successor }) =>
    `${file}：${module} 的默认模型 ${model} ${
      status === 'never_released' ? '从未发布' : shutdown === null ? '已下线' : `已于 ${shutdown} 下线`
    }。${successorText(successor)}`,
  installation_broken: ({ message }) => `无法读取安装的文件，继续使用上次可用的注册表。${message}`,
  facts_without_provider: ({ provider }) =>
    `保存了 ${provider} 的模型信息，但该提供商已不存在。请删除这些信息，或恢复该提供商。`,
  facts_of_other_address: ({ provider, origin, base }) =>
    `保存的 ${provider} 模型信息来自 ${origin}，而不是 ${base}，因此不会使用。请重新同步，或将其删除。`,
  facts_in_trash: ({ origin }) => `从 ${origin} 保存的信息不适用于当前地址，已移到回收站。`,
  nothing_to_keep: () => '没有差异，无需保存。',
  content_unreadable: ({ path, problem, content, last }) =>
    `${path}：${problem}${
      last
        ? `其中的${contents[content]}沿用上次读取的内容。`
        : `在可以读取之前，无法使用其中的${contents[content]}。`
    }`,
  content_broken: ({ path, problem, content }) =>
    `${path}：${problem}不使用其中的${contents[content]}；在修复或替换之前，文件保持原样。`,
  file_copied: ({ path, problem, copy }) =>
    `${path}：${problem}${copy === null ? '已在新文件旁保留副本。' : `已保留为 ${copy}。`}`,
  edit_without_preset: ({ module, preset }) => `${module} 的预设“${preset}”不再内置，因此不使用对它的修改。`,
  preset_ships_now: ({ module, preset }) => `${module} 的预设“${preset}”现在也有内置版本；仍使用自己的预设。`,
  active_preset_missing: ({ module, preset }) => `为 ${module} 选择的预设“${preset}”不存在，改用默认预设。`,
  presets_without_module: ({ module }) => `没有名为“${module}”的模块，因此不使用它的预设。`,
  preset_replaced: warnings.preset_replaced,
  provider_missing: ({ provider }) => `目前没有名为“${provider}”的提供商；添加之前无法使用该预设。`,
  model_unlisted: ({ model, provider }) => `注册表中 ${provider} 没有“${model}”，将按原样发送该 ID。`,
  active_preset_removed: ({ preset, module }) => `${preset} 正在使用中，${module} 将恢复为默认预设。`,
  fields_left_behind: ({ fields }) => `地址已更改，以下字段未沿用：${fields}`,
  presets_lost_provider: ({ presets }) => `以下预设指定了该提供商，没有它就无法使用：${presets}`,
  key_not_in_file: ({ variable }) =>
    `密钥仅保存在内存中，没有写入文件。请设置 ${variable}，或在面板中保存密钥。`,
  pack_unusable: ({ message, last, shipped }) =>
    `${
      last
        ? '无法读取提示词包，沿用上次读取的内容。'
        : shipped
          ? '安装已损坏，无法使用内置的提示词包。'
          : '提示词包的内容有误，因此不使用。'
    }${message}`,
  pack_incomplete: ({ folder }) => `${folder} 中的提示词包不完整，未包含在内。`,
  pack_file_copied: ({ path, copy }) => `${path} 的内容有误，已保留为 ${copy}。`,
  key_in_pack: ({ field }) => `${field} 中似乎含有密钥：每次调用都会发送给提供商。`,
  pack_without_module: ({ module }) => `没有名为“${module}”的模块；使用该提示词包的调用必须指定提供商。`,
  no_other_pack: ({ module }) => `${module} 没有其他提示词包。`,
  flags_kept: ({ message }) => `功能开关文件不可用，使用上次可用的开关。${message}`,
  limit_ignored: ({ file, field }) =>
    field === 'provider_limits'
      ? `${file} 的 provider_limits 中有值不是大于 0 的整数，因此全部忽略，使用默认值。`
      : `${file} 的 ${field} 不是 2 或 0.25 这样的 USD 金额，使用默认值。`,
  settings_unknown: ({ file, problem }) =>
    `${file}：${problem}其中的限额未知，在可以读取之前不会发送付费调用。`,
  settings_kept: ({ file, problem }) => `${file}：${problem}使用上次可用的设置。`,
  passphrase_unreadable: ({ variable, code }) => `无法读取 ${variable} 指定的文件（${code}）。${sessionOnly}`,
  passphrase_short: ({ variable, characters }) =>
    `${variable} 的密码短语至少需要 ${n(characters)} 个字符。${sessionOnly}`,
  key_file_broken: ({ file, problem, used, saving }) =>
    `${file}：${problem}${used ? '使用上次读取的密钥。' : '不使用其中的密钥。'}${keysSaved[saving]}`,
  key_file_copied: ({ copy }) => `无法解析保存密钥的文件，已将副本保留为 ${copy}。`,
  key_put_aside: ({ provider, key, reason }) =>
    `${provider} 拒绝了密钥 ${key}，已停用该密钥（${reason}）。请替换密钥，或检查后再次使用。`,
  database_removed: ({ file }) => `${file} 在使用中被删除或替换，内容已丢失；现在使用该路径上的文件。`,
  database_damaged: ({ file, copy }) => `${file} 已损坏，已保留为 ${copy}，并新建了文件。`,
  database_unusable: ({ database, reason }) =>
    `无法使用数据库 ${database}（${reason}）。在恢复之前，付费调用会被拒绝，调用记录保留在内存中。`,
  other_listener: ({ port, host, call }) =>
    `另一个程序也在监听端口 ${port}：对${host === null ? '本机其他地址' : ` ${host} `}的调用会到达该程序，而不是本服务器。${
      call === null ? '请' : `请调用 ${call}，或`
    }更改其中一个的端口。`,
};

export const addressNotes: CodedTexts['address_note'] = {
  surroundings_removed: () => '已去除首尾的引号、逗号或不可见字符。',
  scheme_twice: () => '协议前缀（如 http://）重复。',
  every_address: ({ host, called }) => `${host} 表示服务器的所有地址，实际调用 ${called}。`,
  fragment_removed: () => '“#”之后的部分不会发送到服务器，已去除。',
  encrypted: () => '密钥不能未加密发送。',
  lower_case: () => '版本须用小写。',
  version_twice: () => '版本重复。',
  call_appended: ({ call }) => `“${call}”会在每次调用时添加。`,
  other_protocol: ({ call }) => `“${call}”属于此类服务器的另一种协议。`,
  deployment: () => '部署由模型的 ID 或 settings.deployments 决定。',
  version_added: ({ version }) => `该协议的基础 URL 包含“${version}”。`,
};

export const addressProblems: CodedTexts['address_problem'] = {
  not_http: ({ meant }) => `不是 http 或 https URL。${meantText(meant)}`,
  white_space: ({ meant }) => `含有空格，不是 http 或 https URL。${meantText(meant)}`,
  no_brackets: ({ meant }) => `IPv6 地址没有用方括号括起来。${meantText(meant)}`,
  credential_in_url: ({ meant }) => `URL 中含有凭据，途中可能被记录。请将其作为密钥设置。${meantText(meant)}`,
  credential_in_query: ({ meant }) =>
    `URL 的查询参数中含有凭据，途中可能被记录。请将其作为密钥设置。${meantText(meant)}`,
};

export const networkProblems: CodedTexts['network_problem'] = {
  not_range: () => '不是地址范围。',
  outside_private_ranges: ({ ranges }) => `不在专用地址范围（${ranges}）内。`,
  not_network: () => '不是源（http://192.168.1.20:1234）、主机或范围（192.168.1.0/24）。',
  public_address: () => '是公网地址，不能作为自己的网络。',
  vendor_host: () => '是厂商的主机，无论在哪个网络中都不能指定。',
};
