//! Votes of the general meeting (§19, §20).

use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::Development;

/// A vote of the general meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// 应到会有表决权.
    pub due: i64,
    /// 实到会有表决权.
    pub present: i64,
    /// 赞成.
    pub ayes: i64,
    /// 反对.
    pub nays: i64,
    /// 弃权.
    pub abstain: i64,
    /// Written opinions of absent members filed before the meeting; they count as votes.
    pub written: i64,
}

/// What is wrong with a vote (§19, §20): every count possible, more than half of those entitled
/// present, and more than half of those entitled in favour.
pub fn check_vote(vote: Vote, prefix: &str) -> Vec<Notice> {
    let at = |name: &str| format!("{prefix}_{name}");
    let mut notices = Vec::new();
    if vote.present > vote.due {
        notices.push(Notice::error(
            at("present"),
            "实到人数多于应到人数",
            "核对应到、实到有表决权的人数",
        ));
    }
    if vote.ayes > vote.present + vote.written {
        notices.push(Notice::error(
            at("ayes"),
            format!("赞成 {} 票，多于实到 {} 人", vote.ayes, vote.present + vote.written),
            "核对票数；会前提出书面意见的填在书面意见一栏",
        ));
    } else if vote.ayes + vote.nays + vote.abstain > vote.present + vote.written {
        notices.push(Notice::error(
            at("ayes"),
            "赞成、反对、弃权合计多于票数",
            "核对三项票数",
        ));
    }
    if notices.is_empty() && vote.present * 2 <= vote.due {
        notices.push(Notice::error(
            at("present"),
            "到会有表决权的党员没有超过应到会的半数，会议无效",
            "按《细则》第十九条重新召开党员大会",
        ));
    }
    notices
}

/// Whether a valid vote carries: ayes above half of those entitled, not of those present.
pub fn carried(vote: Vote) -> bool {
    vote.ayes * 2 > vote.due
}

/// The vote of step 15 or, for the prefix `revote`, of step 23; `None` until both attendance counts and ayes are there.
pub fn vote_of(row: Development, prefix: &str) -> Option<Vote> {
    let zero = |n: Option<i64>| n.unwrap_or(0);
    Some(if prefix == "revote" {
        Vote {
            due: row.revote_due()?,
            present: row.revote_present()?,
            ayes: row.revote_ayes()?,
            nays: zero(row.revote_nays()),
            abstain: zero(row.revote_abstain()),
            written: zero(row.revote_written()),
        }
    } else {
        Vote {
            due: row.vote_due()?,
            present: row.vote_present()?,
            ayes: row.vote_ayes()?,
            nays: zero(row.vote_nays()),
            abstain: zero(row.vote_abstain()),
            written: zero(row.vote_written()),
        }
    })
}
