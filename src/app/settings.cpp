#include "app/settings.h"

#include "base/assert.h"

namespace hezhi::app {

std::span<const SettingRow> settings() {
    static constexpr SettingRow rows[] = {
        {"--db", "sqlite:data/hezhi.sqlite", "数据库：sqlite:路径 或 postgresql://…",
         "the database: sqlite:PATH or postgresql://…"},
        {"--keys", "data/hezhi.keys", "密钥文件，须与数据库分开备份",
         "the key file; back it up apart from the database"},
        {"--erasures", "", "已清除人员的名单，恢复备份时须用到；缺省在密钥文件旁",
         "list of erased persons, which a restore needs; default: beside the key file"},
        {"--seal-key", "", "封印流水的签名密钥文件；缺省在密钥文件旁",
         "key file that seals the journal; default: beside the key file"},
        {"--listen-office", "127.0.0.1:8080", "办公端监听地址：工作台和手机页",
         "listener for offices: console and phone pages"},
        {"--listen-public", "127.0.0.1:8081", "公众端监听地址：仅手机页",
         "listener for the public: phone pages only"},
        {"--public-address", "", "任务单链接使用的公众端网址，缺省为公众端监听地址",
         "address in the links on slips; default: the public listener's"},
        {"--web", "ui/dist", "网页文件夹", "folder of the built pages"},
        {"--io-threads", "1", "网络线程数", "network threads"},
        {"--trust-proxy", "false", "信任本机反向代理给出的客户端地址",
         "believe the client address that a reverse proxy on this machine names"},
        {"--second-factor-roles", "",
         "须设置第二因子的岗位，逗号分隔，如 system_administrator,security_administrator,auditor",
         "roles that must have a second factor, with commas between them"},
        {"--suite", "gm", "密码套件：gm（SM4/SM3）或 intl（AES-256-GCM/SHA-256），建库时选定",
         "crypto suite: gm (SM4/SM3) or intl (AES-256-GCM/SHA-256), chosen when the database is "
         "made"},
        {"--pack", "packs/base", "建库时发布的规则包",
         "rule pack published when the database is made"},
    };
    return rows;
}

const SettingRow& setting(std::string_view flag) {
    for (const SettingRow& row : settings()) {
        if (row.flag == flag) return row;
    }
    broken_invariant("a row of the settings table", __FILE__, __LINE__);
}

}  // namespace hezhi::app
