// Plays every scenario file beside it through the real actions, on both engines.
#include <algorithm>
#include <iterator>
#include <map>

#include "domain/dispatch_runs/dispatch_runs.h"
#include "domain/hotline/hotline.h"
#include "domain/orders/candidates.h"
#include "domain/orders/order_pages.h"
#include "domain/reports/explain.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

namespace fs = std::filesystem;
using hezhi::testing::Volunteer;

class Scenarios : public hezhi::testing::World {
  protected:
    void play(const fs::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at) clock.set(*row.at);
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        ledger->finish_turn();
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    struct Somebody {
        api::CallerPtr caller;
        Volunteer volunteer;  // empty for staff
    };

    void take_part(const Part& part) {
        AreaId area = area_called(part.area);
        Somebody somebody;
        if (part.role == "志愿者") {
            somebody.volunteer = volunteer(part.name, area);
            somebody.caller = somebody.volunteer.caller;
        } else {
            auto roles = accounts::roles();
            auto role = std::ranges::find(roles, part.role, &accounts::RoleRow::zh);
            if (role == roles.end()) throw std::runtime_error("no role " + part.role);
            somebody.caller = staff(role->key, area);
        }
        cast_[part.name] = somebody;
        names_[somebody.caller->person.value] = part.name;
    }

    AreaId area_called(const std::string& name) {
        auto found = tree->now()->search(name, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + name);
        return found.front()->id;
    }

    const Somebody& somebody(const std::string& name) {
        auto found = cast_.find(name);
        if (found == cast_.end()) throw std::runtime_error("who is " + name + "?");
        return found->second;
    }
    const api::Caller& caller(const Row& row) { return *somebody(row.who).caller; }
    const Volunteer& taker(const Row& row) { return somebody(row.who).volunteer; }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (Scenarios::*)(const Row&)> deeds{
            {"上报需求", &Scenarios::reports},
            {"联系求助人", &Scenarios::contacts},
            {"转为订单", &Scenarios::opens},
            {"派单", &Scenarios::offers},
            {"全部派单", &Scenarios::assigns_all},
            {"采纳派单建议", &Scenarios::adopts},
            {"接单", &Scenarios::answers},
            {"婉拒", &Scenarios::answers},
            {"退出订单", &Scenarios::leaves},
            {"签到", &Scenarios::serves},
            {"签退", &Scenarios::serves},
            {"确认服务", &Scenarios::confirms},
            {"评单", &Scenarios::reviews},
            {"标记未到", &Scenarios::misses},
            {"名单签到", &Scenarios::lists},
            {"电话确认完成", &Scenarios::finishes},
            {"取消订单", &Scenarios::cancels},
            {"到点", &Scenarios::ticks},
            {"可派人员", &Scenarios::candidates},
            {"需求状态", &Scenarios::need_state},
            {"服务时长", &Scenarios::minutes_of},
            {"自动确认", &Scenarios::was_silent},
            {"电话回访", &Scenarios::calls},
            {"回复评价", &Scenarios::replies},
            {"要求重新办理", &Scenarios::asks_again},
            {"重新办理", &Scenarios::reopens},
            {"联席会议结果", &Scenarios::meets},
            {"办结", &Scenarios::closes},
            {"指标", &Scenarios::figures_of},
            {"为什么", &Scenarios::why},
            {"热线来单", &Scenarios::hotline_calls},
            {"退回工单", &Scenarios::hands_back},
            {"热线指标", &Scenarios::hotline_figures_of},
            {"来访登记", &Scenarios::takes_call},
            {"分流", &Scenarios::triages},
            {"评估", &Scenarios::assesses},
            {"转介", &Scenarios::refers},
            {"登记回执", &Scenarios::receipts},
            {"并入上一条", &Scenarios::merges},
            {"撤销并案", &Scenarios::unmerges},
            {"回到上一条", &Scenarios::goes_back},
            {"到期提醒", &Scenarios::reminds},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    // --- what is done

    std::string reports(const Row& row) {
        needs::ReportNeed input;
        input.area_id = community;
        input.priority_class = *from_label<PriorityClass>(row.arguments.at(0));
        input.what.value = row.arguments.at(1);
        auto done = act([&](journal::Turn& turn) {
            return needs::report_need(turn, caller(row), people, input, Channel::grid);
        });
        if (done) note_need(NeedId(*done));
        return after_need(done);
    }
    std::string takes_call(const Row& row) {
        needs::TakeCall input;
        input.who.value = row.arguments.at(0);
        input.what.value = row.arguments.at(1);
        input.consent = true;
        auto done = act([&](journal::Turn& turn) {
            return needs::take_call(turn, caller(row), people, input);
        });
        if (done) note_need(NeedId(*done));
        return after_need(done);
    }
    std::string triages(const Row& row) {
        needs::TriageNeed input{*from_label<PriorityClass>(row.arguments.at(0)),
                                row.arguments.size() > 1};
        return after_need(act([&](journal::Turn& turn) {
            return needs::triage_need(turn, caller(row), need_, input);
        }));
    }
    std::string assesses(const Row& row) {
        needs::AssessNeed input;
        input.risk = row.arguments.at(1) == "中" ? RiskSeen::medium : RiskSeen::low;
        input.consent = true;
        return after_need(act([&](journal::Turn& turn) {
            return needs::assess_need(turn, caller(row), people, need_, input);
        }));
    }
    std::string refers(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::refer_need(turn, caller(row), people, need_, row.arguments.at(0));
        }));
    }
    std::string receipts(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::note_receipt(turn, caller(row), people, need_, row.arguments.at(0), true);
        }));
    }
    std::string merges(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::merge_need(turn, caller(row), need_, need_before_);
        }));
    }
    std::string unmerges(const Row& row) {
        return after_need(act(
            [&](journal::Turn& turn) { return needs::unmerge_need(turn, caller(row), need_); }));
    }
    std::string goes_back(const Row&) {
        need_ = need_before_;
        return words_of(needs::states(), "need", label_of(need(need_).state));
    }
    std::string reminds(const Row&) {
        std::size_t ran = scheduler.run_due();
        return std::to_string(ran);
    }
    std::string contacts(const Row& row) {
        return after_need(act(
            [&](journal::Turn& turn) { return needs::contact_need(turn, caller(row), need_); }));
    }
    std::string opens(const Row& row) {
        orders::OpenOrder input;
        for (const auto& category : pack().categories) {
            if (category.name.zh == row.arguments.at(0)) input.category.value = category.key;
        }
        auto window = split(row.arguments.at(2), "–");
        input.starts_at = instant_of(row.arguments.at(1), window.at(0));
        input.ends_at = instant_of(row.arguments.at(1), window.at(1));
        input.contacted = true;
        auto done = act([&](journal::Turn& turn) {
            return orders::open_order(turn, caller(row), desk, need_, input);
        });
        if (done) order_ = OrderId(*done);
        return after_order(done);
    }
    std::string offers(const Row& row) {
        orders::OfferOrder input;
        for (const auto& name : split(row.arguments.at(0), "、")) {
            input.person_ids.push_back(somebody(name).volunteer.person);
        }
        return after_order(act([&](journal::Turn& turn) {
            return orders::offer_order(turn, caller(row), desk, order_, input);
        }));
    }
    // The story's area is the caller's own.
    std::string assigns_all(const Row& row) {
        const auto& role = caller(row).roles.front();
        auto made = reading_as(caller(row), [&](const api::Reading& reading) {
            return dispatch_runs::compute_run(reading, dispatch_desk, role.path);
        });
        if (!made) return refusal(made.error());
        run_ = DispatchRunId(act([&](journal::Turn& turn) {
                                 return dispatch_runs::make_dispatch_run(
                                     turn, caller(row), {role.area, role.path}, *made);
                             }).value());
        return "派 " + std::to_string(made->places - made->empty_places) + " 人，缺 " +
               std::to_string(made->empty_places) + " 人";
    }
    std::string adopts(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return dispatch_runs::adopt_dispatch_run(turn, caller(row), dispatch_desk, run_, {});
        }));
    }
    std::string answers(const Row& row) {
        return after_order(row.what == "接单" ? accept(order_, taker(row))
                                              : decline(order_, taker(row)));
    }
    std::string leaves(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return orders::leave_order(turn, *taker(row).caller, order_);
        }));
    }
    std::string serves(const Row& row) {
        std::string code = row.arguments.empty() ? code_of(order_) : row.arguments.front();
        return after_order(row.what == "签到" ? check_in(order_, taker(row), code)
                                              : check_out(order_, taker(row), code));
    }
    std::string confirms(const Row&) { return after_order(confirm(order_)); }
    std::string reviews(const Row& row) {
        bool resolved = row.arguments.at(0) == "已解决";
        return after_order(review(order_,
                                  resolved ? Resolution::resolved : Resolution::not_resolved,
                                  std::stoi(row.arguments.at(1))));
    }
    std::string calls(const Row& row) {
        orders::NoteReview input;
        bool resolved = row.arguments.at(0) == "已解决";
        input.resolution = resolved ? Resolution::resolved : Resolution::not_resolved;
        input.satisfaction = Bounded<1, 5>{std::stoi(row.arguments.at(1))};
        return after_order(act([&](journal::Turn& turn) {
            return orders::note_review(turn, caller(row), desk, order_, input);
        }));
    }
    std::string replies(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return orders::reply_to_review(turn, caller(row), desk, order_, row.arguments.at(0));
        }));
    }
    std::string asks_again(const Row&) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::ask_again(turn, people, need_, order_, "问题没有解决");
        }));
    }
    std::string reopens(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::reopen_need(turn, caller(row), people, need_, "问题没有解决");
        }));
    }
    std::string meets(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::note_meeting(turn, caller(row), people, need_, "由街道牵头办理");
        }));
    }
    std::string closes(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return needs::close_need(turn, caller(row), people, need_, "已当面答复");
        }));
    }
    std::string cancels(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, caller(row), desk, order_, "改期");
        }));
    }
    std::vector<PersonId> people_called(const std::string& names) {
        std::vector<PersonId> called;
        for (const auto& name : split(names, "、")) {
            called.push_back(somebody(name).volunteer.person);
        }
        return called;
    }
    std::string misses(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return orders::note_no_show(turn, caller(row), order_,
                                        people_called(row.arguments.at(0)).front());
        }));
    }
    std::string lists(const Row& row) {
        return after_order(act([&](journal::Turn& turn) {
            return orders::note_attendance(
                turn, caller(row), desk, order_,
                {people_called(row.arguments.at(0)), Text<0, 200>("改了时间")});
        }));
    }
    std::string finishes(const Row& row) {
        orders::FinishOrder input{people_called(row.arguments.at(0)), {}, Text<0, 200>("改了时间")};
        input.minutes.value = std::stoi(row.arguments.at(1));
        return after_order(act([&](journal::Turn& turn) {
            return orders::finish_order(turn, caller(row), desk, order_, input);
        }));
    }
    std::string ticks(const Row&) {
        scheduler.run_due();
        return order_state();
    }

    std::string hotline_calls(const Row& row) {
        hotline::HotlineRow order;
        order.number = row.arguments.at(0);
        order.received_at = clock.now();
        order.due_at = instant_of(row.arguments.at(1), row.arguments.at(2));
        order.what = "居民来电";
        hotline_order_ = HotlineOrderId(act([&](journal::Turn& turn) -> Result<std::int64_t> {
                                            return hotline::import_hotline_order(
                                                turn, command, hotline_desk_, order,
                                                {community, path_of(community)});
                                        }).value());
        need_ = reading_as(caller(row), [&](const api::Reading& reading) {
            return reading.load<hotline::HotlineOrderFigure>(hotline_order_).value().need;
        });
        return after_need(need_.value);
    }
    std::string hands_back(const Row& row) {
        return after_need(act([&](journal::Turn& turn) {
            return hotline::return_hotline_order(turn, caller(row), hotline_desk_, hotline_order_,
                                                 row.arguments.at(0));
        }));
    }

    // --- what is seen

    std::string hotline_figures_of(const Row& row) {
        auto figures = reading_as(caller(row), [&](const api::Reading& reading) {
            return hotline::hotline_figures(reading.db, path_of(area_called(row.arguments.at(0))),
                                            clock.now());
        });
        auto part = [](std::int64_t a, std::int64_t b) {
            return std::to_string(a) + "/" + std::to_string(b);
        };
        return "按时 " + part(figures.in_time, figures.answered_with_due) + "，超期 " +
               part(figures.late, figures.answered_with_due) + "，待办超期 " +
               part(figures.open_overdue, figures.open);
    }

    std::string candidates(const Row& row) {
        auto areas = tree->now();
        auto ranking = reading_as(caller(row), [&](const api::Reading& reading) {
            return orders::rank_candidates(reading.db, reading.tables, order(order_), *areas,
                                           pack(), clock.now());
        });
        std::string all;
        for (const auto& one : ranking.candidates) {
            // The people of the fixture take no part in the story.
            auto name = names_.find(one.person);
            if (name == names_.end()) continue;
            all += (all.empty() ? "" : "、") + name->second;
        }
        return all;
    }
    std::string need_state(const Row& row) {
        return reading_as(caller(row), [&](const api::Reading& reading) {
            auto page = need_pages.one(reading, need_);
            return page ? words_of(needs::states(), "need", label_of(page->state))
                        : refusal(page.error());
        });
    }
    std::string minutes_of(const Row& row) {
        return reading_as(caller(row), [&](const api::Reading& reading) {
            return std::to_string(records::minutes_of(reading.db, reading.caller.person)) + " 分钟";
        });
    }
    std::string was_silent(const Row&) { return order(order_).unconfirmed ? "是" : "否"; }
    std::string figures_of(const Row& row) {
        std::string all;
        for (const auto& one : cockpit(area_called(row.arguments.at(0))).items) {
            all += (all.empty() ? "" : "，") + one.zh + " " + std::to_string(one.numerator) + "/" +
                   std::to_string(one.denominator);
        }
        return all;
    }
    std::string why(const Row& row) {
        auto labels = orders::actions();
        std::ranges::copy(time_bank::actions(), std::back_inserter(labels));
        auto list = reading_as(caller(row), [&](const api::Reading& reading) {
            return reports::facts_about(reading, people, labels, "order", order_.value);
        });
        std::string all;
        for (const auto& fact : list.items) all += (all.empty() ? "" : "、") + fact.zh;
        return all;
    }

    // --- results in words

    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }
    static std::string refusal(const Refusal& refused) {
        return "拒绝：" + std::string(refused.row->zh);
    }
    std::string order_state() {
        return words_of(orders::states(), "order", label_of(order(order_).state));
    }
    std::string after_order(const Result<std::int64_t>& done) {
        return done ? order_state() : refusal(done.error());
    }
    std::string after_need(const Result<std::int64_t>& done) {
        return done ? words_of(needs::states(), "need", label_of(need(need_).state))
                    : refusal(done.error());
    }

    std::map<std::string, Somebody> cast_;
    std::map<std::int64_t, std::string> names_;
    void note_need(NeedId made) {
        need_before_ = need_;
        need_ = made;
    }

    NeedId need_, need_before_;
    OrderId order_;
    DispatchRunId run_;
    hotline::HotlineDesk hotline_desk_{people, *tree};
    HotlineOrderId hotline_order_;
};
HEZHI_ON_BOTH_ENGINES(Scenarios);

TEST_P(Scenarios, TheLoop) {
    play("tests/scenarios/the_loop.txt");
}

TEST_P(Scenarios, SecondVolunteer) {
    play("tests/scenarios/second_volunteer.txt");
}

TEST_P(Scenarios, NobodyAnswers) {
    play("tests/scenarios/nobody_answers.txt");
}

TEST_P(Scenarios, AskedAgain) {
    play("tests/scenarios/asked_again.txt");
}

TEST_P(Scenarios, HotlineOrder) {
    play("tests/scenarios/hotline_order.txt");
}

TEST_P(Scenarios, OneDoesNotCome) {
    play("tests/scenarios/one_does_not_come.txt");
}

TEST_P(Scenarios, Asking) {
    play("tests/scenarios/asking.txt");
}

TEST_P(Scenarios, NobodyIsAskedTwice) {
    play("tests/scenarios/nobody_is_asked_twice.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
