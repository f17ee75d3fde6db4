// What this folder refuses, as rows. The damaged-field rows name no person and no value.
#pragma once

#include "base/result.h"

namespace hezhi::crypto::refusals {

inline constexpr RefusalRow sealed_field_damaged{
    "sealed_field_damaged", 500,
    "这一项的密文已损坏或被移动过，无法读取。请联系系统管理员从备份恢复。",
    "This encrypted field is damaged or was moved, and cannot be read. The system administrator "
    "can "
    "restore it from a backup."};
inline constexpr RefusalRow wrong_key{
    "wrong_key", 500, "这一项用另一把主密钥加密，当前密钥文件里没有那把密钥。请联系系统管理员。",
    "This field was encrypted under a master key that is not in the key file. The system "
    "administrator has to supply that key file."};
inline constexpr RefusalRow other_suite{
    "other_suite", 500, "这一项用另一套密码算法加密，与当前的密码算法设置不同。请联系系统管理员。",
    "This field was encrypted by the other crypto suite than the one that is set. The system "
    "administrator has to set the crypto suite back."};

inline constexpr RefusalRow key_file_missing{
    "key_file_missing", 500,
    "找不到主密钥文件。请把备份的密钥文件放回原处；没有它，已加密的数据无法读取。",
    "The master key file is missing. Put the backed-up key file back: without it the encrypted "
    "data "
    "cannot be read."};
inline constexpr RefusalRow key_file_exists{
    "key_file_exists", 500, "主密钥文件已经存在，不会覆盖。",
    "The master key file exists already and is not overwritten."};
inline constexpr RefusalRow key_file_not_written{
    "key_file_not_written", 500, "无法写入主密钥文件。请检查目录是否存在、是否可写、磁盘是否已满。",
    "The master key file cannot be written. Check that its folder exists and is writable and that "
    "the disk is not full."};
inline constexpr RefusalRow key_file_not_readable{
    "key_file_not_readable", 500, "无法读取主密钥文件。它必须是普通文件，并且属于运行服务的用户。",
    "The master key file cannot be read. It must be a plain file that belongs to the user who runs "
    "the service."};
inline constexpr RefusalRow key_file_too_open{
    "key_file_too_open", 500, "主密钥文件的权限过宽，其他用户可以访问。请执行 chmod 600。",
    "The master key file can be accessed by other users. Run chmod 600 on it."};
inline constexpr RefusalRow key_file_damaged{
    "key_file_damaged", 500, "主密钥文件内容已损坏或不完整。请用备份的密钥文件替换。",
    "The master key file is damaged or incomplete. Replace it by the backed-up key file."};

inline constexpr RefusalRow password_pool_busy{
    "password_pool_busy", 503, "现在登录的人太多，请稍后再试。",
    "Too many people are signing in right now. Please try again in a moment."};

}  // namespace hezhi::crypto::refusals
