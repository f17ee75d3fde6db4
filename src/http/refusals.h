// What the transport itself refuses, before or beside any action.
#pragma once

#include <array>

#include "base/result.h"

namespace hezhi::http::refusals {

inline constexpr RefusalRow malformed_request{
    "malformed_request", 400, "请求格式有误，服务器无法理解。",
    "The request is not well-formed; the server cannot read it."};
inline constexpr RefusalRow sign_in_required{"sign_in_required", 401, "请先登录。",
                                             "Sign in first."};
inline constexpr RefusalRow foreign_origin{"foreign_origin", 403, "请求来自其他网站，已拒绝。",
                                           "The request came from another site."};
inline constexpr RefusalRow method_not_allowed{"method_not_allowed", 405,
                                               "这个地址不支持这种操作。",
                                               "This address does not take that method."};
inline constexpr RefusalRow request_too_slow{"request_too_slow", 408,
                                             "请求发送太慢，请检查网络后重试。",
                                             "The request took too long to arrive; try again."};
inline constexpr RefusalRow body_too_large{"body_too_large", 413, "提交的内容超过了大小上限。",
                                           "What was sent is over the size limit."};
inline constexpr RefusalRow unsupported_media_type{
    "unsupported_media_type", 415, "不支持这种内容格式，请使用 JSON。",
    "This kind of content is not supported; use JSON."};
inline constexpr RefusalRow expectation_failed{"expectation_failed", 417,
                                               "服务器不支持请求中的 Expect 要求。",
                                               "The server cannot meet the Expect header."};
inline constexpr RefusalRow too_many_requests{"too_many_requests", 429,
                                              "操作过于频繁，请稍后再试。",
                                              "Too many requests; wait a moment and try again."};
inline constexpr RefusalRow header_too_large{
    "header_too_large", 431, "请求头过大，请清除本站的浏览器数据后重试。",
    "The request headers are too large; clear this site's browser data and try again."};
inline constexpr RefusalRow internal_error{
    "internal_error", 500, "服务器内部出错，已记录，请联系系统管理员。",
    "Something broke inside the server and was logged; ask the system administrator."};
inline constexpr RefusalRow unavailable{"unavailable", 503, "服务器暂时繁忙，请稍后再试。",
                                        "The server is busy or stopping; try again shortly."};
inline constexpr RefusalRow storage_full{
    "storage_full", 503, "服务器存储空间已满，这次操作没有保存；请联系系统管理员，稍后再试。",
    "The server's storage is full, so this was not saved; tell the system administrator and try "
    "again later."};
inline constexpr RefusalRow outcome_unknown{
    "outcome_unknown", 503, "暂时无法确认是否已办成；再次提交同一操作即可得到结果，不会重复办理。",
    "It is not known whether this was done; send the same again to find out, it will not be done "
    "twice."};

inline constexpr std::array all{&malformed_request,      &sign_in_required,   &foreign_origin,
                                &method_not_allowed,     &request_too_slow,   &body_too_large,
                                &unsupported_media_type, &expectation_failed, &too_many_requests,
                                &header_too_large,       &internal_error,     &unavailable,
                                &storage_full,           &outcome_unknown};

}  // namespace hezhi::http::refusals
