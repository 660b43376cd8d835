//! Words of the sample: topics, places and suggestions as village offices write them.

/// Places of meetings in villages.
pub(in crate::model) const VILLAGE_PLACES: &[&str] = &[
    "一组",
    "二组",
    "三组",
    "四组",
    "五组",
    "六组",
    "村部",
    "祠堂前晒场",
    "老屋湾",
    "塘边湾",
];
/// Places of meetings in communities.
pub(in crate::model) const COMMUNITY_PLACES: &[&str] =
    &["第一网格", "第二网格", "第三网格", "服务中心", "小区广场", "物业活动室"];

/// A topic with the category of suggestions it draws and the purpose of the meeting.
pub(in crate::model) struct Topic {
    pub text: &'static str,
    pub category: &'static str,
    pub purpose: &'static str,
}

const fn topic(text: &'static str, category: &'static str, purpose: &'static str) -> Topic {
    Topic {
        text,
        category,
        purpose,
    }
}

/// Topics of villages.
pub(in crate::model) const VILLAGE_TOPICS: &[Topic] = &[
    topic("年度计划征求意见", "service", "consult"),
    topic("道路硬化与会车点选址", "road", "project"),
    topic("饮水管网入户", "water", "project"),
    topic("中药材基地用工", "industry", "project"),
    topic("人居环境整治", "environment", "consult"),
    topic("移风易俗与红白事简办", "other", "policy"),
    topic("村级集体经济发展", "industry", "consult"),
    topic("门前沟渠清淤分工", "environment", "consult"),
    topic("田界和水权纠纷调解", "other", "dispute"),
    topic("疫情防控和返乡人员服务", "service", "policy"),
    topic("高标准农田与机耕路", "road", "project"),
    topic("老年人就餐和日间照料", "service", "consult"),
];

/// Topics of communities.
pub(in crate::model) const COMMUNITY_TOPICS: &[Topic] = &[
    topic("年度计划征求意见", "service", "consult"),
    topic("老旧小区改造", "environment", "project"),
    topic("物业服务与收费公开", "service", "consult"),
    topic("充电桩安装", "service", "project"),
    topic("楼栋环境整治", "environment", "consult"),
    topic("网格便民服务", "service", "policy"),
    topic("背街小巷路灯补装", "road", "project"),
    topic("小区停车位划线", "road", "dispute"),
    topic("疫情防控志愿服务", "service", "policy"),
    topic("业主委员会换届", "other", "consult"),
];

/// Suggestions of villages by category.
pub(in crate::model) fn suggestions(category: &str, community: bool) -> &'static [&'static str] {
    match (category, community) {
        ("road", false) => &[
            "三组到基地的机耕路铺碎石，雨天板车能进",
            "村口弯道加一面凸面镜和减速带",
            "学校门口的路加宽，会车不用倒退",
            "祠堂前的水泥路裂了，请先补再铺油",
            "五组断头路接到县道，运菜少绕三里",
        ],
        ("water", _) => &[
            "高位水池每季清洗一次，结果贴在公开栏",
            "六组水压小，傍晚上不了二楼，加一台增压泵",
            "老水管渗漏，趁修路一起换",
            "抽水泵房配一把备用钥匙，放在组长家",
        ],
        ("industry", false) => &[
            "冬季除草优先安排本组脱贫户",
            "黄精套种先在一块地试，成了再推开",
            "采收用工提前三天通知，方便安排家里",
            "合作社请农技员现场教剪枝，办在地头",
            "统一买种苗，价格比零买便宜",
            "闲置的老校舍租给加工户，租金归集体",
        ],
        ("environment", false) => &[
            "塘边装两盏路灯，晚上散步看得见",
            "垃圾桶移到下风口，离水井远一些",
            "门前三包每月评一次，红榜贴在晒场",
            "河边柴草堆清理后种一排桂花",
        ],
        ("road", true) => &[
            "巷口路灯坏了两盏，请先修再补装",
            "停车位重新划线，消防通道不能占",
            "步行街早晚高峰请志愿者疏导",
        ],
        ("environment", true) => &[
            "三单元楼道杂物请物业限期清理",
            "旧楼外墙渗水，改造时一起做防水",
            "垃圾分类亭加盖雨棚和洗手池",
            "花坛改成小游园，老人有地方坐",
        ],
        ("service", true) => &[
            "充电桩装在北侧空地，离楼道远一点",
            "物业费收支每季度公布一次",
            "服务中心周六上午有人值班",
            "暑期办一个托管班，双职工家庭急需",
            "快递柜移到门卫室旁，老人取件方便",
        ],
        ("service", false) => &[
            "代办点每周四到湾里一次，老人不用跑镇上",
            "农忙时办事大厅延到晚上八点",
            "给独居老人装一键呼叫，邻居结对照看",
            "卫生室备常用药，周末有人值班",
            "返乡的年轻人建一个群，招工信息发在群里",
        ],
        _ => &[
            "红白事标准写进村规民约，大家都照办",
            "党员联系户牌子挂出来，有事好找人",
            "组里的账每季念一遍，听得明白",
            "年轻人回来办的网店，村里帮着宣传",
        ],
    }
}

/// Why a suggestion was declined.
pub(in crate::model) const DECLINED: &[&str] = &[
    "占用基本农田，不能办理用地",
    "已列入县里统一项目，不重复安排",
    "需户主全部同意，暂有分歧",
    "资金超出年度安排，列入下一年再议",
    "属于物业合同约定事项，已转物业",
];

/// What a meeting settled.
pub(in crate::model) const OUTCOMES: &[&str] = &[
    "大家同意先做一段，验收后再往前接",
    "意见写入年度计划，下次会上报进度",
    "推选三名代表跟进，十天内回话",
    "分歧较大，分户再谈后定",
    "当场认领义务工，周末动手",
    "由村（社区）干部汇总后报指导员",
];
