import type { ConnectionTexts } from '../core-texts.ts';

const proxyHint = (variable: string) =>
  `此代理由环境变量 ${variable} 设置。无需经过代理的主机请写入 NO_PROXY。`;

export const connections: ConnectionTexts = {
  refused: ({ origin }) => ({
    text: `${origin} 拒绝了连接。`,
    hint: '请检查服务器是否已启动、端口是否正确。',
  }),
  name_unresolved: ({ origin, problem }) => ({
    text: `无法解析 ${origin} 的名称（${problem}）。`,
    hint: '请检查基础 URL 和网络。',
  }),
  connect_timeout: ({ origin, seconds }) => ({
    text: `未能在 ${seconds} 秒内连接到 ${origin}。`,
    hint: null,
  }),
  no_data: ({ origin, seconds }) => ({ text: `${origin} 在 ${seconds} 秒内没有发来数据。`, hint: null }),
  no_answer: ({ origin, seconds }) => ({ text: `${origin} 未在 ${seconds} 秒内响应。`, hint: null }),
  total_timeout: ({ origin }) => ({ text: `对 ${origin} 的调用超出了总时限。`, hint: null }),
  tls: ({ origin, problem }) => ({
    text: `无法与 ${origin} 建立 TLS 连接：${problem}`,
    hint: '请检查地址应使用 http 还是 https，以及服务器的证书。',
  }),
  not_http: ({ origin, problem }) => ({
    text: `${origin} 返回的不是有效的 HTTP 响应：${problem}`,
    hint: null,
  }),
  broken: ({ origin, problem }) => ({ text: `与 ${origin} 的连接中断：${problem}`, hint: null }),
  resting: ({ origin, failures, seconds }) => ({
    text: `对 ${origin} 的调用连续失败 ${failures} 次，${seconds} 秒内不再发送。`,
    hint: null,
  }),
  proxy_refused: ({ proxy, variable }) => ({ text: `代理 ${proxy} 拒绝了连接。`, hint: proxyHint(variable) }),
  proxy_unresolved: ({ proxy, variable }) => ({
    text: `无法解析代理 ${proxy} 的名称。`,
    hint: proxyHint(variable),
  }),
  proxy_unreachable: ({ proxy, variable }) => ({
    text: `无法到达代理 ${proxy}。`,
    hint: proxyHint(variable),
  }),
  proxy_timeout: ({ proxy, variable }) => ({
    text: `未能及时连接到代理 ${proxy}。`,
    hint: proxyHint(variable),
  }),
  proxy_status: ({ proxy, origin, status, variable }) => ({
    text: `代理 ${proxy} 对 ${origin} 的连接返回 HTTP ${status}。`,
    hint: status === 407 ? `代理需要用户名和密码：请写入环境变量 ${variable}。` : proxyHint(variable),
  }),
  proxy_unusable: ({ variable, problem }) => ({
    text: `环境变量 ${variable} 不能用作代理地址：${problem}`,
    hint: `请将 ${variable} 设为 http://host:port 的形式，或将提供商的主机写入 NO_PROXY。`,
  }),
};
