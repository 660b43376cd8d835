//! Search by pinyin initials: `sqc` finds 寺前村.
//!
//! GB2312 orders its 3755 level-1 characters by pinyin, so the table is that row of characters cut at the
//! 23 letters a syllable can start with. Level-2 characters are ordered by radical; those that occur in the
//! names of the town, in surnames and in given names are listed by hand, as are second readings.

use crate::order::Arrange;
use std::sync::OnceLock;

/// True if `query` occurs in `text`, or its letters occur in a row among the pinyin initials of `text`.
///
/// Letter case is ignored and so are spaces around the query. An empty query matches everything.
/// In the initials, Latin letters and digits of the text stand for themselves and other signs are skipped,
/// so `k2` finds `K2 网格` and `qjp106` finds `渠江片（106）`.
pub fn matches(query: &str, text: &str) -> bool {
    let query = query.trim().to_lowercase();
    if query.is_empty() || text.to_lowercase().contains(&query) {
        return true;
    }
    if !query.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let readings: Vec<Letters> = text.chars().filter_map(letters).collect();
    readings
        .windows(query.len())
        .any(|window| window.iter().zip(query.bytes()).all(|(set, b)| set.holds(b)))
}

/// The pinyin initials of a text, first readings, in lower case: `寺前村` gives `sqc`.
pub fn initials(text: &str) -> String {
    text.chars()
        .filter_map(letters)
        .map(|set| char::from(set.first))
        .collect()
}

/// The letters one character can be searched by: its usual reading and, rarely, others.
#[derive(Clone, Copy)]
struct Letters {
    first: u8,
    /// Bit `n` is the letter `a + n`; digits only stand in `first`.
    others: u32,
}

impl Letters {
    fn holds(self, byte: u8) -> bool {
        self.first == byte || (byte.is_ascii_lowercase() && self.others & (1 << (byte - b'a')) != 0)
    }
}

fn letters(c: char) -> Option<Letters> {
    if c.is_ascii_alphanumeric() {
        return Some(Letters {
            first: c.to_ascii_lowercase() as u8,
            others: 0,
        });
    }
    let table = table();
    let at = table.binary_search_by_key(&c, |(key, _)| *key).ok()?;
    table.get(at).map(|(_, set)| *set)
}

/// All known characters in code point order, built on the first search.
fn table() -> &'static [(char, Letters)] {
    static TABLE: OnceLock<Vec<(char, Letters)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = LEVEL_ONE.iter().chain(&SUPPLEMENT).chain(&OTHER_READINGS);
        let mut all: Vec<(char, Letters)> = rows
            .flat_map(|(letter, row)| {
                row.chars().map(|c| {
                    (
                        c,
                        Letters {
                            first: *letter,
                            others: 0,
                        },
                    )
                })
            })
            .collect();
        // Stable: the usual reading stays in front of the others.
        all.arrange_by_key(|(c, _)| *c);
        all.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1.others |= 1 << (later.1.first - b'a');
            }
            same
        });
        all
    })
}

/// Second readings that names and office words use.
const OTHER_READINGS: [(u8, &str); 12] = [
    (b'c', "曾重朝"),
    (b'h', "蛤行"),
    (b'j', "校系"),
    (b'k', "会"),
    (b'm', "万"),
    (b'o', "区"),
    (b'q', "仇"),
    (b's', "单厦参"),
    (b't', "调"),
    (b'x', "解省降"),
    (b'y', "尉乐"),
    (b'z', "翟长查传藏"),
];

/// Level-2 characters of the town's 39 units, of surnames, given names and places.
const SUPPLEMENT: [(u8, &str); 23] = [
    (b'a', "坳嫒"),
    (b'b', "镔蓓邴璧邶"),
    (b'c', "岑菖琛宸晁涔谌骢淙"),
    (b'd', "邸镝荻棣岱"),
    (b'e', "谔"),
    (b'f', "酆邡芾"),
    (b'g', "亘缑珙莞"),
    (b'h', "珩灏蕙桦晗菡瀚颢濠阚"),
    (b'j', "稷暨缙婧珏郏霁菁珈楗鄄泾洎"),
    (b'k', "邝蒯恺铠逵夔崆阚"),
    (b'l', "麟璐蔺逯郦岚潋鹂娈醴鲮骊漯涞"),
    (b'm', "蟆邈缪茗岷珉"),
    (b'n', "楠甯嬲"),
    (b'o', "瓯"),
    (b'p', "邳鄱逄"),
    (b'q', "綦岐祺衢琦琪骐璩绮芩覃"),
    (b'r', "芮榕嵘"),
    (b's', "莘晟嵩佘姝飒濉汜溆"),
    (b't', "邰滕婷郯覃"),
    (b'w', "邬隗炜玮雯婺汶"),
    (b'x', "郗冼昕鑫萱煊璇胥馨淅浠"),
    (b'y', "郾晏瑜毓昱煜郢妤漪怡弈邕嬴邺奕芫"),
    (b'z', "臧郅璋钊铮祯咤诏祚茱箴"),
];

/// GB2312 level 1, rows 16 to 55, by first letter.
#[rustfmt::skip]
const LEVEL_ONE: [(u8, &str); 23] = [
    (b'a', "啊阿埃挨哎唉哀皑癌蔼矮艾碍爱隘鞍氨安俺按暗岸胺案肮昂盎凹敖熬翱袄傲奥懊澳"),
    (b'b', "芭捌扒叭吧笆八疤巴拔跋靶把耙坝霸罢爸白柏百摆佰败拜稗斑班搬扳般颁板版扮拌伴瓣半办绊邦帮梆榜膀绑棒磅蚌镑傍谤苞胞包褒剥薄雹保堡饱宝抱报暴豹鲍爆杯碑\
     悲卑北辈背贝钡倍狈备惫焙被奔苯本笨崩绷甭泵蹦迸逼鼻比鄙笔彼碧蓖蔽毕毙毖币庇痹闭敝弊必辟壁臂避陛鞭边编贬扁便变卞辨辩辫遍标彪膘表鳖憋别瘪彬斌濒滨宾\
     摈兵冰柄丙秉饼炳病并玻菠播拨钵波博勃搏铂箔伯帛舶脖膊渤泊驳捕卜哺补埠不布步簿部怖"),
    (b'c', "擦猜裁材才财睬踩采彩菜蔡餐参蚕残惭惨灿苍舱仓沧藏操糙槽曹草厕策侧册测层蹭插叉茬茶查碴搽察岔差诧拆柴豺搀掺蝉馋谗缠铲产阐颤昌猖场尝常长偿肠厂敞畅唱\
     倡超抄钞朝嘲潮巢吵炒车扯撤掣彻澈郴臣辰尘晨忱沉陈趁衬撑称城橙成呈乘程惩澄诚承逞骋秤吃痴持匙池迟弛驰耻齿侈尺赤翅斥炽充冲虫崇宠抽酬畴踌稠愁筹仇绸瞅\
     丑臭初出橱厨躇锄雏滁除楚础储矗搐触处揣川穿椽传船喘串疮窗幢床闯创吹炊捶锤垂春椿醇唇淳纯蠢戳绰疵茨磁雌辞慈瓷词此刺赐次聪葱囱匆从丛凑粗醋簇促蹿篡窜\
     摧崔催脆瘁粹淬翠村存寸磋撮搓措挫错"),
    (b'd', "搭达答瘩打大呆歹傣戴带殆代贷袋待逮怠耽担丹单郸掸胆旦氮但惮淡诞弹蛋当挡党荡档刀捣蹈倒岛祷导到稻悼道盗德得的蹬灯登等瞪凳邓堤低滴迪敌笛狄涤翟嫡抵底\
     地蒂第帝弟递缔颠掂滇碘点典靛垫电佃甸店惦奠淀殿碉叼雕凋刁掉吊钓调跌爹碟蝶迭谍叠丁盯叮钉顶鼎锭定订丢东冬董懂动栋侗恫冻洞兜抖斗陡豆逗痘都督毒犊独读\
     堵睹赌杜镀肚度渡妒端短锻段断缎堆兑队对墩吨蹲敦顿囤钝盾遁掇哆多夺垛躲朵跺舵剁惰堕"),
    (b'e', "蛾峨鹅俄额讹娥恶厄扼遏鄂饿恩而儿耳尔饵洱二贰"),
    (b'f', "发罚筏伐乏阀法珐藩帆番翻樊矾钒繁凡烦反返范贩犯饭泛坊芳方肪房防妨仿访纺放菲非啡飞肥匪诽吠肺废沸费芬酚吩氛分纷坟焚汾粉奋份忿愤粪丰封枫蜂峰锋风疯烽\
     逢冯缝讽奉凤佛否夫敷肤孵扶拂辐幅氟符伏俘服浮涪福袱弗甫抚辅俯釜斧脯腑府腐赴副覆赋复傅付阜父腹负富讣附妇缚咐"),
    (b'g', "噶嘎该改概钙盖溉干甘杆柑竿肝赶感秆敢赣冈刚钢缸肛纲岗港杠篙皋高膏羔糕搞镐稿告哥歌搁戈鸽胳疙割革葛格蛤阁隔铬个各给根跟耕更庚羹埂耿梗工攻功恭龚供躬\
     公宫弓巩汞拱贡共钩勾沟苟狗垢构购够辜菇咕箍估沽孤姑鼓古蛊骨谷股故顾固雇刮瓜剐寡挂褂乖拐怪棺关官冠观管馆罐惯灌贯光广逛瑰规圭硅归龟闺轨鬼诡癸桂柜跪\
     贵刽辊滚棍锅郭国果裹过"),
    (b'h', "哈骸孩海氦亥害骇酣憨邯韩含涵寒函喊罕翰撼捍旱憾悍焊汗汉夯杭航壕嚎豪毫郝好耗号浩呵喝荷菏核禾和何合盒貉阂河涸赫褐鹤贺嘿黑痕很狠恨哼亨横衡恒轰哄烘虹\
     鸿洪宏弘红喉侯猴吼厚候后呼乎忽瑚壶葫胡蝴狐糊湖弧虎唬护互沪户花哗华猾滑画划化话槐徊怀淮坏欢环桓还缓换患唤痪豢焕涣宦幻荒慌黄磺蝗簧皇凰惶煌晃幌恍谎\
     灰挥辉徽恢蛔回毁悔慧卉惠晦贿秽会烩汇讳诲绘荤昏婚魂浑混豁活伙火获或惑霍货祸"),
    (b'j', "击圾基机畸稽积箕肌饥迹激讥鸡姬绩缉吉极棘辑籍集及急疾汲即嫉级挤几脊己蓟技冀季伎祭剂悸济寄寂计记既忌际妓继纪嘉枷夹佳家加荚颊贾甲钾假稼价架驾嫁歼监\
     坚尖笺间煎兼肩艰奸缄茧检柬碱硷拣捡简俭剪减荐槛鉴践贱见键箭件健舰剑饯渐溅涧建僵姜将浆江疆蒋桨奖讲匠酱降蕉椒礁焦胶交郊浇骄娇嚼搅铰矫侥脚狡角饺缴绞\
     剿教酵轿较叫窖揭接皆秸街阶截劫节桔杰捷睫竭洁结解姐戒藉芥界借介疥诫届巾筋斤金今津襟紧锦仅谨进靳晋禁近烬浸尽劲荆兢茎睛晶鲸京惊精粳经井警景颈静境敬\
     镜径痉靖竟竞净炯窘揪究纠玖韭久灸九酒厩救旧臼舅咎就疚鞠拘狙疽居驹菊局咀矩举沮聚拒据巨具距踞锯俱句惧炬剧捐鹃娟倦眷卷绢撅攫抉掘倔爵觉决诀绝均菌钧军\
     君峻俊竣浚郡骏"),
    (b'k', "喀咖卡咯开揩楷凯慨刊堪勘坎砍看康慷糠扛抗亢炕考拷烤靠坷苛柯棵磕颗科壳咳可渴克刻客课肯啃垦恳坑吭空恐孔控抠口扣寇枯哭窟苦酷库裤夸垮挎跨胯块筷侩快宽\
     款匡筐狂框矿眶旷况亏盔岿窥葵奎魁傀馈愧溃坤昆捆困括扩廓阔"),
    (b'l', "垃拉喇蜡腊辣啦莱来赖蓝婪栏拦篮阑兰澜谰揽览懒缆烂滥琅榔狼廊郎朗浪捞劳牢老佬姥酪烙涝勒乐雷镭蕾磊累儡垒擂肋类泪棱楞冷厘梨犁黎篱狸离漓理李里鲤礼莉荔\
     吏栗丽厉励砾历利傈例俐痢立粒沥隶力璃哩俩联莲连镰廉怜涟帘敛脸链恋炼练粮凉梁粱良两辆量晾亮谅撩聊僚疗燎寥辽潦了撂镣廖料列裂烈劣猎琳林磷霖临邻鳞淋凛\
     赁吝拎玲菱零龄铃伶羚凌灵陵岭领另令溜琉榴硫馏留刘瘤流柳六龙聋咙笼窿隆垄拢陇楼娄搂篓漏陋芦卢颅庐炉掳卤虏鲁麓碌露路赂鹿潞禄录陆戮驴吕铝侣旅履屡缕虑\
     氯律率滤绿峦挛孪滦卵乱掠略抡轮伦仑沦纶论萝螺罗逻锣箩骡裸落洛骆络"),
    (b'm', "妈麻玛码蚂马骂嘛吗埋买麦卖迈脉瞒馒蛮满蔓曼慢漫谩芒茫盲氓忙莽猫茅锚毛矛铆卯茂冒帽貌贸么玫枚梅酶霉煤没眉媒镁每美昧寐妹媚门闷们萌蒙檬盟锰猛梦孟眯醚\
     靡糜迷谜弥米秘觅泌蜜密幂棉眠绵冕免勉娩缅面苗描瞄藐秒渺庙妙蔑灭民抿皿敏悯闽明螟鸣铭名命谬摸摹蘑模膜磨摩魔抹末莫墨默沫漠寞陌谋牟某拇牡亩姆母墓暮幕\
     募慕木目睦牧穆"),
    (b'n', "拿哪呐钠那娜纳氖乃奶耐奈南男难囊挠脑恼闹淖呢馁内嫩能妮霓倪泥尼拟你匿腻逆溺蔫拈年碾撵捻念娘酿鸟尿捏聂孽啮镊镍涅您柠狞凝宁拧泞牛扭钮纽脓浓农弄奴努\
     怒女暖虐疟挪懦糯诺"),
    (b'o', "哦欧鸥殴藕呕偶沤"),
    (b'p', "啪趴爬帕怕琶拍排牌徘湃派攀潘盘磐盼畔判叛乓庞旁耪胖抛咆刨炮袍跑泡呸胚培裴赔陪配佩沛喷盆砰抨烹澎彭蓬棚硼篷膨朋鹏捧碰坯砒霹批披劈琵毗啤脾疲皮匹痞僻\
     屁譬篇偏片骗飘漂瓢票撇瞥拼频贫品聘乒坪苹萍平凭瓶评屏坡泼颇婆破魄迫粕剖扑铺仆莆葡菩蒲埔朴圃普浦谱曝瀑"),
    (b'q', "期欺栖戚妻七凄漆柒沏其棋奇歧畦崎脐齐旗祈祁骑起岂乞企启契砌器气迄弃汽泣讫掐恰洽牵扦钎铅千迁签仟谦乾黔钱钳前潜遣浅谴堑嵌欠歉枪呛腔羌墙蔷强抢橇锹敲\
     悄桥瞧乔侨巧鞘撬翘峭俏窍切茄且怯窃钦侵亲秦琴勤芹擒禽寝沁青轻氢倾卿清擎晴氰情顷请庆琼穷秋丘邱球求囚酋泅趋区蛆曲躯屈驱渠取娶龋趣去圈颧权醛泉全痊拳\
     犬券劝缺炔瘸却鹊榷确雀裙群"),
    (b'r', "然燃冉染瓤壤攘嚷让饶扰绕惹热壬仁人忍韧任认刃妊纫扔仍日戎茸蓉荣融熔溶容绒冗揉柔肉茹蠕儒孺如辱乳汝入褥软阮蕊瑞锐闰润若弱"),
    (b's', "撒洒萨腮鳃塞赛三叁伞散桑嗓丧搔骚扫嫂瑟色涩森僧莎砂杀刹沙纱傻啥煞筛晒珊苫杉山删煽衫闪陕擅赡膳善汕扇缮墒伤商赏晌上尚裳梢捎稍烧芍勺韶少哨邵绍奢赊蛇\
     舌舍赦摄射慑涉社设砷申呻伸身深娠绅神沈审婶甚肾慎渗声生甥牲升绳省盛剩胜圣师失狮施湿诗尸虱十石拾时什食蚀实识史矢使屎驶始式示士世柿事拭誓逝势是嗜噬\
     适仕侍释饰氏市恃室视试收手首守寿授售受瘦兽蔬枢梳殊抒输叔舒淑疏书赎孰熟薯暑曙署蜀黍鼠属术述树束戍竖墅庶数漱恕刷耍摔衰甩帅栓拴霜双爽谁水睡税吮瞬顺\
     舜说硕朔烁斯撕嘶思私司丝死肆寺嗣四伺似饲巳松耸怂颂送宋讼诵搜艘擞嗽苏酥俗素速粟僳塑溯宿诉肃酸蒜算虽隋随绥髓碎岁穗遂隧祟孙损笋蓑梭唆缩琐索锁所"),
    (b't', "塌他它她塔獭挞蹋踏胎苔抬台泰酞太态汰坍摊贪瘫滩坛檀痰潭谭谈坦毯袒碳探叹炭汤塘搪堂棠膛唐糖倘躺淌趟烫掏涛滔绦萄桃逃淘陶讨套特藤腾疼誊梯剔踢锑提题蹄\
     啼体替嚏惕涕剃屉天添填田甜恬舔腆挑条迢眺跳贴铁帖厅听烃汀廷停亭庭挺艇通桐酮瞳同铜彤童桶捅筒统痛偷投头透凸秃突图徒途涂屠土吐兔湍团推颓腿蜕褪退吞屯\
     臀拖托脱鸵陀驮驼椭妥拓唾"),
    (b'w', "挖哇蛙洼娃瓦袜歪外豌弯湾玩顽丸烷完碗挽晚皖惋宛婉万腕汪王亡枉网往旺望忘妄威巍微危韦违桅围唯惟为潍维苇萎委伟伪尾纬未蔚味畏胃喂魏位渭谓尉慰卫瘟温蚊\
     文闻纹吻稳紊问嗡翁瓮挝蜗涡窝我斡卧握沃巫呜钨乌污诬屋无芜梧吾吴毋武五捂午舞伍侮坞戊雾晤物勿务悟误"),
    (b'x', "昔熙析西硒矽晰嘻吸锡牺稀息希悉膝夕惜熄烯溪汐犀檄袭席习媳喜铣洗系隙戏细瞎虾匣霞辖暇峡侠狭下厦夏吓掀锨先仙鲜纤咸贤衔舷闲涎弦嫌显险现献县腺馅羡宪陷\
     限线相厢镶香箱襄湘乡翔祥详想响享项巷橡像向象萧硝霄削哮嚣销消宵淆晓小孝校肖啸笑效楔些歇蝎鞋协挟携邪斜胁谐写械卸蟹懈泄泻谢屑薪芯锌欣辛新忻心信衅星\
     腥猩惺兴刑型形邢行醒幸杏性姓兄凶胸匈汹雄熊休修羞朽嗅锈秀袖绣墟戌需虚嘘须徐许蓄酗叙旭序畜恤絮婿绪续轩喧宣悬旋玄选癣眩绚靴薛学穴雪血勋熏循旬询寻驯\
     巡殉汛训讯逊迅"),
    (b'y', "压押鸦鸭呀丫芽牙蚜崖衙涯雅哑亚讶焉咽阉烟淹盐严研蜒岩延言颜阎炎沿奄掩眼衍演艳堰燕厌砚雁唁彦焰宴谚验殃央鸯秧杨扬佯疡羊洋阳氧仰痒养样漾邀腰妖瑶摇尧\
     遥窑谣姚咬舀药要耀椰噎耶爷野冶也页掖业叶曳腋夜液一壹医揖铱依伊衣颐夷遗移仪胰疑沂宜姨彝椅蚁倚已乙矣以艺抑易邑屹亿役臆逸肄疫亦裔意毅忆义益溢诣议谊\
     译异翼翌绎茵荫因殷音阴姻吟银淫寅饮尹引隐印英樱婴鹰应缨莹萤营荧蝇迎赢盈影颖硬映哟拥佣臃痈庸雍踊蛹咏泳涌永恿勇用幽优悠忧尤由邮铀犹油游酉有友右佑釉\
     诱又幼迂淤于盂榆虞愚舆余俞逾鱼愉渝渔隅予娱雨与屿禹宇语羽玉域芋郁吁遇喻峪御愈欲狱育誉浴寓裕预豫驭鸳渊冤元垣袁原援辕园员圆猿源缘远苑愿怨院曰约越跃\
     钥岳粤月悦阅耘云郧匀陨允运蕴酝晕韵孕"),
    (b'z', "匝砸杂栽哉灾宰载再在咱攒暂赞赃脏葬遭糟凿藻枣早澡蚤躁噪造皂灶燥责择则泽贼怎增憎曾赠扎喳渣札轧铡闸眨栅榨咋乍炸诈摘斋宅窄债寨瞻毡詹粘沾盏斩辗崭展蘸\
     栈占战站湛绽樟章彰漳张掌涨杖丈帐账仗胀瘴障招昭找沼赵照罩兆肇召遮折哲蛰辙者锗蔗这浙珍斟真甄砧臻贞针侦枕疹诊震振镇阵蒸挣睁征狰争怔整拯正政帧症郑证\
     芝枝支吱蜘知肢脂汁之织职直植殖执值侄址指止趾只旨纸志挚掷至致置帜峙制智秩稚质炙痔滞治窒中盅忠钟衷终种肿重仲众舟周州洲诌粥轴肘帚咒皱宙昼骤珠株蛛朱\
     猪诸诛逐竹烛煮拄瞩嘱主著柱助蛀贮铸筑住注祝驻抓爪拽专砖转撰赚篆桩庄装妆撞壮状椎锥追赘坠缀谆准捉拙卓桌琢茁酌啄着灼浊兹咨资姿滋淄孜紫仔籽滓子自渍字\
     鬃棕踪宗综总纵邹走奏揍租足卒族祖诅阻组钻纂嘴醉最罪尊遵昨左佐柞做作坐座"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_units() {
        for (name, expected) in [
            ("寺前村", "sqc"),
            ("菖蒲村", "cpc"),
            ("谢家坳村", "xjac"),
            ("十字街社区", "szjsq"),
            ("中津洲社区", "zjzsq"),
            ("渣冲村", "zcc"),
            ("鹿门铺村", "lmpc"),
            ("乌龟石村", "wgsc"),
            ("村（社区）", "csq"),
            ("106国道", "106gd"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn every_letter_has_its_first_character() {
        let firsts = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝";
        assert_eq!(initials(firsts), "abcdefghjklmnopqrstwxyz");
        assert_eq!(
            LEVEL_ONE.iter().map(|(_, row)| row.chars().count()).sum::<usize>(),
            3755
        );
    }

    #[test]
    fn matches_words_and_initials() {
        for (query, text, expected) in [
            ("sqc", "寺前村", true),
            ("SQ", "寺前村", true),
            (" 前村 ", "寺前村", true),
            ("qc", "寺前村", true),
            ("sc", "寺前村", false),
            ("hmsc", "蛤蟆石村", true),
            ("gmsc", "蛤蟆石村", true),
            ("zjy", "翟建业", true),
            ("djy", "翟建业", true),
            ("", "寺前村", true),
            ("sqcc", "寺前村", false),
            ("k2", "K2 网格", true),
            ("前 村", "寺前村", false),
            ("x", "", false),
        ] {
            assert_eq!(matches(query, text), expected, "{query} in {text}");
        }
    }

    #[test]
    fn all_characters_of_the_unit_names_are_known() {
        let names = "七星社区十字街白泉和平中津洲步行大集桃溪香山碧田开发洪下河菖蒲鹿门铺环城蛤蟆石寺前茅井红\
                     松柏新塘岭浮桥渣肥花陈水冲乌龟谢家坳郭史渡龙背村片";
        for c in names.chars() {
            assert!(letters(c).is_some(), "{c}");
        }
    }
}
