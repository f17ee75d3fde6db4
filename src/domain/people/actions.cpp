// Finding a person for an action, and showing their entry in clear.
#include "domain/people/people.h"

namespace hezhi::people {

api::Access access_of(const PersonState& person) {
    return {.area_path = person.area_path};
}

bool sees_sealed(const api::Caller& caller, AccountId keeper) {
    return keeper && caller.account == keeper;
}

std::string area_name_of(const api::Reading& reading, const areas::AreaTree& tree, PersonId id) {
    auto person = reading.load<PersonFigure>(id);
    if (!person) return "";
    auto areas = tree.now();
    const auto* area = areas->find(person->area);
    return area ? area->name : "";
}

Result<const PersonState*> load_person(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                       std::string_view permission) {
    const PersonState* person = id ? turn.load<PersonFigure>(id) : nullptr;
    if (!person || !caller.may("person.read", access_of(*person))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access_of(*person))) return refuse(hezhi::refusals::not_permitted);
    return person;
}

Result<std::int64_t> read_person(journal::Turn& turn, const api::Caller& caller,
                                 const Register& people, PersonId id, std::string_view reason) {
    auto person = load_person(turn, caller, id, "person.disclose");
    if (!person) return std::unexpected(person.error());
    Place place{(*person)->area, (*person)->area_path};
    if ((*person)->address_sealed && !sees_sealed(caller, (*person)->keeper)) {
        return refuse(refusals::address_sealed);
    }
    if (is_minor(*turn.pack()->pack, **person)) {
        if (!reading_approved(turn.db(), turn.tables(), id, caller.account, turn.now())) {
            return refuse(refusals::reading_needs_approval);
        }
    }
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, text_reason, reason);
    return turn.append(draft(PersonRead{}, caller.actor("person.disclose"), std::move(place),
                             {{"person", id.value}}, turn.now()));
}

api::ActionRows actions() {
    return {
        {"register_person", "person.register", "person.registered", "POST /people", "登记人员",
         "register a person", "登记了人员", "a person was registered"},
        {"read_person", "person.disclose", "person.read", "POST /people/{id}/reading", "查看明文",
         "read in clear", "查看了人员明文", "a person's entry was read in clear"},
        {"request_reading", "reading.request", "reading.requested",
         "POST /people/{id}/reading-requests", "申请查看", "ask to read in clear",
         "申请查看未成年人明文", "asked to read a minor's entry"},
        {"approve_reading", "reading.approve", "reading.approved",
         "POST /reading-requests/{id}/approval", "批准查看", "approve the reading",
         "批准查看未成年人明文", "the reading of a minor's entry was approved"},
        {"reject_reading", "reading.approve", "reading.rejected",
         "POST /reading-requests/{id}/rejection", "不予批准", "do not approve",
         "未批准查看未成年人明文", "the reading of a minor's entry was not approved"},
        {"note_age", "", "age.noted", "", "更新年龄", "note the age", "年龄已更新",
         "the age was noted"},
        {"register_volunteer", "", "volunteer.registered", "POST /volunteers", "注册志愿者",
         "register as a volunteer", "登记为志愿者", "somebody became a volunteer"},
        {"claim_registration", "", "registration.claimed", "POST /claims", "认领登记",
         "claim the registration", "认领了登记", "a registration was claimed"},
        {"dispute_registration", "", "registration.disputed", "POST /disputes", "提出异议",
         "dispute the registration", "对登记提出了异议", "a registration was disputed"},
        {"settle_dispute", "dispute.settle", "dispute.settled", "POST /disputes/{id}/settlement",
         "处理异议", "settle the dispute", "处理了登记异议", "a dispute was settled"},
        {"leave_service", "volunteer.leave", "volunteer.left", "POST /volunteers/mine/departure",
         "退出志愿服务", "leave volunteering", "退出了志愿服务", "a volunteer left"},
        {"rejoin_service", "volunteer.rejoin", "agreement.signed", "POST /volunteers/mine/return",
         "重新加入", "come back", "签署了服务协议", "pledge and terms were agreed to"},
        {"note_volunteer_number", "volunteer_number.note", "volunteer_number.noted",
         "POST /people/{id}/volunteer-number", "登记志愿者编号", "note the volunteer number",
         "登记了志愿者编号", "a volunteer's number was noted"},
        {"correct_birth_date", "birth_date.correct", "birth_date.corrected",
         "POST /people/{id}/birth-date", "更正出生日期", "correct the date of birth",
         "更正了出生日期", "the date of birth was corrected"},
        {"erase_person", "person.erase", "person.erased", "POST /people/{id}/erasure", "清除档案",
         "erase the entry", "清除了人员档案", "a person's entry was erased"},
    };
}

api::StateRows states() {
    return {
        {"consent", "asked", "待监护人答复", "waits for the guardian"},
        {"consent", "given", "监护人已同意", "the guardian consented"},
        {"consent", "refused", "监护人不同意", "the guardian said no"},
        {"consent", "withdrawn", "监护人已撤回", "the guardian withdrew"},
        {"reading_request", "asked", "待批准", "waits"},
        {"reading_request", "approved", "已批准", "approved"},
        {"reading_request", "rejected", "未批准", "not approved"},
        {"dispute", "open", "待处理", "open"},
        {"dispute", "settled", "已处理", "settled"},
    };
}

}  // namespace hezhi::people
