#include "app/demo/stories.h"

namespace hezhi::app {
namespace {

constexpr auto P1 = PriorityClass::P1;
constexpr auto P2 = PriorityClass::P2;
constexpr auto P3 = PriorityClass::P3;
constexpr auto P4 = PriorityClass::P4;

}  // namespace

const std::vector<Story>& stories() {
    using enum Season;
    static const std::vector<Story> all{
        // 为老服务
        {"visit_alone_elder", "3 号楼独居老人两天没下楼，请上门看看", P2, 40},
        {"visit_alone_elder", "独居老人希望有人每周来坐坐、聊聊天", P3, 90},
        {"visit_alone_elder", "老人出院在家，子女在外地，请探访", P3, 60},
        {"visit_alone_elder", "独居老人听力不好，电话常打不通", P3, 50},
        {"visit_alone_elder", "寒潮来了，几户独居老人取暖情况请看一看", P2, 70, winter},
        {"visit_alone_elder", "连日高温，独居老人家里没有开空调", P2, 60, summer},
        {"visit_alone_elder", "春节老人一个人过，希望有人陪着吃顿饭", P3, 60, spring_festival},
        {"care_alone_elder", "老人腿脚不便，想请人帮着做些日常照料", P3, 18},
        {"daily_safety_signal", "老人怕一个人出事没人知道，想加入每日平安问候", P3, 14},
        {"phone_befriending", "老人不愿下楼，但愿意电话里说说话", P3, 40},
        {"meal_delivery", "老人手腕骨折，这几天做不了饭", P2, 32},
        {"assisted_bathing", "卧床老人很久没有洗澡，家属一个人扶不动", P4, 8},
        {"home_cleaning", "老两口腰不好，厨房油烟很重，请帮忙清洁", P3, 50},
        {"home_cleaning", "年前想给高龄老人家扫一扫尘", P3, 50, spring_festival},
        {"hospital_escort", "下周复查，老人不会用自助机，想请人陪着去", P3, 40},
        {"errands", "老人感冒在家，请代买米面和常用生活品", P3, 50},
        {"errands", "路面结冰，老人不敢出门，请代取包裹", P3, 30, winter},
        {"smartphone_lessons", "想学手机挂号和扫码乘车", P3, 45},
        {"smartphone_lessons", "手机总跳广告，不会跟孙子视频", P3, 25},
        {"dementia_family_support", "老伴认知症走失过一次，家里人很疲惫", P3, 16},
        {"respite_for_carers", "照护瘫痪丈夫三年，想有半天时间办自己的事", P3, 10},
        {"hospice_companionship", "老人病重，希望有人陪伴说说心里话", P3, 6},
        {"pets_and_laundry", "住院一周，家里的猫没人照看", P3, 12},
        {"life_story_recording", "九十岁老党员想把年轻时的事记下来留给后人", P3, 12},
        // 未成年人服务
        {"adolescent_counselling", "初二学生近来不愿上学，家长求助", P3, 30, term},
        {"adolescent_counselling", "孩子情绪低落，希望社工谈谈", P2, 18},
        {"adolescent_counselling", "中考前孩子整夜睡不着，家长着急", P2, 16, term},
        {"youth_companionship", "随迁孩子刚转来没有伙伴，想参加小组", P3, 22},
        {"psychological_seed_education", "学校想给四年级上一堂情绪课", P3, 10, term},
        {"after_school_tutoring", "双职工家庭，孩子放学后两小时没人看作业", P3, 36, term},
        {"after_school_tutoring", "暑假孩子独自在家，想有地方写作业", P3, 30, summer},
        {"home_visit_child", "邻居说这家孩子常一个人在楼道里吃饭", P2, 10},
        {"left_behind_child_contact", "爷爷带的孩子想跟外地父母视频", P3, 14},
        {"youth_activity_camp", "社区想办一次青少年周末活动", P3, 8, summer},
        {"juvenile_justice", "学校反映两名学生长期欺负同学", P2, 4, term},
        // 专业社工服务
        {"bereavement_counselling", "丈夫去世两个月，她几乎不出门", P3, 10},
        {"self_harm_crisis", "对门年轻人说不想活了，请马上来人", P1, 3},
        {"domestic_violence_support", "楼上又打起来了，女主人在哭喊", P1, 3},
        {"family_counselling", "婆媳天天吵，想请社工说和", P3, 18},
        {"community_correction", "矫正对象找工作屡次碰壁，情绪不稳", P3, 5},
        {"drug_rehabilitation", "戒治回来的居民想有人定期聊聊", P3, 4},
        {"mental_illness_rehabilitation", "康复期居民想参加社区会所活动", P3, 8},
        // 助残与健康
        {"disability_escort", "坐轮椅的居民要去办证，台阶多，需要人陪", P3, 16},
        {"sign_braille_caption", "听障居民要开家长会，需要手语协助", P3, 5},
        {"free_clinic", "老年人多，想请医生来量血压、讲讲用药", P3, 14},
        {"first_aid_training", "健身队想学心肺复苏", P3, 10},
        // 救助、就业与权益
        {"assistance_application", "不知道临时救助怎么申请，材料看不懂", P3, 26},
        {"legal_consultation", "装修公司收了定金不开工，想问怎么办", P3, 20},
        {"gig_worker_services", "外卖骑手想要一个能热饭充电的地方", P3, 12},
        {"newcomers_integration", "新搬来的一家不熟悉社区，想认识邻居", P3, 12},
        {"job_and_skill_help", "下岗后想学电商，不知从哪里开始", P3, 14},
        // 社区治理
        {"neighbour_mediation", "楼上漏水两家争执不下", P4, 20},
        {"neighbour_mediation", "广场舞音量又吵起来了", P3, 20, summer},
        {"community_deliberation", "车位怎么划，几栋楼的居民想坐下来议一议", P4, 12},
        {"environment_clean_up", "楼道堆放杂物，希望一起清理", P3, 60},
        {"environment_clean_up", "小花园垃圾较多，请组织整治", P3, 40},
        {"environment_clean_up", "雨后地下通道积泥，行走不便", P3, 40, floods},
        {"environment_clean_up", "雪后台阶结冰，请帮忙清一清", P2, 40, winter},
        {"rural_governance", "村里红白事攀比，想商量个规矩", P4, 8},
        // 便民服务
        {"small_repair", "水龙头滴水，老人不会换", P3, 30},
        {"convenience_day", "想请人来磨刀、理发，老人都盼着", P3, 16},
        {"event_guidance", "办事大厅这周人多，需要引导", P3, 12},
        // 平安与应急
        {"fraud_prevention", "有人上门推销保健品，老人已经动心", P2, 22},
        {"fraud_prevention", "楼里好几户接到可疑电话，想请人讲讲", P3, 18},
        {"community_patrol", "晚上小区照明差，居民想组织巡逻", P3, 10},
        {"hazard_look_round", "老楼燃气软管老化，想请人挨户看看", P3, 18, winter},
        {"hazard_look_round", "电动车上楼充电，请查一查", P3, 18},
        {"disaster_response", "暴雨倒灌车库，需要人手转移物品", P1, 8, floods},
        // 文化与宣讲
        {"museum_guide", "周末展室人多，想请讲解", P3, 8},
        {"role_model_talk", "学校想请身边好人来讲一讲", P3, 8, term},
    };
    return all;
}

std::int64_t weight_in(const Story& story, int month) {
    auto between = [month](int from, int to) {
        return from <= to ? from <= month && month <= to : from <= month || month <= to;
    };
    bool now = true;
    switch (story.season) {
        case Season::always:
            break;
        case Season::winter:
            now = between(11, 2);
            break;
        case Season::summer:
            now = between(6, 9);
            break;
        case Season::floods:
            now = between(7, 8);
            break;
        case Season::term:
            now = between(3, 6) || between(9, 12);
            break;
        case Season::spring_festival:
            now = between(1, 2);
            break;
    }
    // Never wholly: the first frost comes in October too.
    return now ? story.weight * 10 : story.weight / 4;
}

int percent_of_month(int month) {
    // Cold in winter, floods and heat in July and August, volunteers' month in March.
    static constexpr int percent[] = {112, 104, 106, 96, 92, 98, 110, 106, 92, 90, 98, 110};
    return percent[month - 1];
}

}  // namespace hezhi::app
